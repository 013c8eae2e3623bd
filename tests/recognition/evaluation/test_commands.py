"""The commands of the machine, in the form of the contract."""

import json
from itertools import combinations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image

from tests.recognition.engines.photographs import insightface_image, portrait, shared_face


@pytest.fixture(autouse=True)
def _the_embedded_pack(pack, settings):
    settings.RECOGNITION_PACKS_ROOT = pack.parent
    settings.RECOGNITION_PACK = pack.name


@pytest.fixture
def photograph(tmp_path):
    """One woman, as a PNG file."""
    path = tmp_path / "portrait.png"
    Image.fromarray(portrait()).save(path)
    return path


@pytest.fixture
def told(capsys):
    """What a command prints; as a document where it was asked for JSON."""

    def tell(*words):
        call_command(*map(str, words))
        out = capsys.readouterr().out
        return json.loads(out) if "--json" in words else out

    return tell


class TestModels:
    def test_list_names_licence_and_limits(self, told):
        text = told("models", "list")
        assert "* embedded" in text
        assert "CC0-1.0 AND Apache-2.0" in text
        assert "for evaluation only" in text

    def test_check_loads_the_pack_in_use(self, told):
        (pack,) = [found for found in told("models", "check", "--json")["packs"] if found["in_use"]]
        assert pack["problem"] is None
        assert pack["record"]["evaluation_only"] is True
        assert len(pack["record"]["pack_sha256"]) == 64

    def test_check_fails_where_the_pack_in_use_is_missing(self, told, settings):
        settings.RECOGNITION_PACK = "absent"
        with pytest.raises(CommandError, match="no pack in 'absent'") as failed:
            told("models", "check")
        assert failed.value.returncode == 2
        assert "cannot be used" in told("models", "list")


class TestFace:
    def test_faces_of_a_photograph(self, told, photograph):
        (face,) = told("face", photograph, "--json")["faces"]
        assert face.keys() >= {"box", "landmarks", "quality", "interocular_px"}

    def test_in_words(self, told, photograph):
        assert told("face", photograph).startswith("1. at [")
        assert "half" not in told("face", photograph)

    def test_mates(self, told):
        files = shared_face("subject-1-a"), shared_face("subject-1-b")
        found = told("face", "--compare", *files, "--json")
        assert found["comparable"] is True
        assert found["band"] == "strong_support"
        assert found["similarity"] == -found["value"]

    def test_non_mates_are_less_alike_than_mates(self, told):
        one, mate, other = map(shared_face, ("subject-1-a", "subject-1-b", "subject-2-a"))
        mates = told("face", "--compare", one, mate, "--json")
        strangers = told("face", "--compare", one, other, "--json")
        assert strangers["band"] == "no_support"
        assert strangers["similarity"] < mates["similarity"]

    def test_no_percentage_is_ever_printed(self, told, photograph):
        for words in (("face", photograph), ("face", "--compare", photograph, photograph)):
            assert "%" not in told(*words)
            assert "percent" not in told(*words)

    def test_several_faces_are_not_comparable_until_one_is_chosen(self, told, photograph):
        group = insightface_image("t1.jpg")
        found = told("face", "--compare", photograph, group, "--json")
        assert (found["comparable"], found["band"], found["similarity"]) == (False, None, None)
        assert found["reason"]["code"] == "several_faces"
        assert "Not comparable" in told("face", "--compare", photograph, group)
        chosen = told("face", "--compare", photograph, group, "--choose", 1, 3, "--json")
        assert chosen["band"] == "no_support"

    def test_a_face_that_is_not_there(self, told, photograph):
        for number in (0, 2):
            words = ("--compare", photograph, photograph, "--choose", number, 1)
            assert told("face", *words, "--json")["reason"]["code"] == "no_such_face"

    @pytest.mark.parametrize("content", [b"", b"no image", b"\x89PNG\r\n\x1a\nx"])
    def test_what_is_no_image_ends_with_code_2(self, told, tmp_path, content):
        path = tmp_path / "document.txt"
        path.write_bytes(content)
        with pytest.raises(CommandError, match=r"document\.txt: .+\. .+\.") as failed:
            told("face", path, "--json")
        assert failed.value.returncode == 2

    def test_a_missing_file_ends_with_code_2(self, told, tmp_path):
        with pytest.raises(CommandError, match="cannot be read") as failed:
            told("face", tmp_path / "absent.jpg")
        assert failed.value.returncode == 2

    def test_a_missing_pack_says_what_to_do(self, told, photograph, settings):
        settings.RECOGNITION_PACK = "absent"
        with pytest.raises(CommandError, match="make setup"):
            told("face", photograph)


class TestEvaluate:
    @pytest.fixture
    def pairs(self, tmp_path):
        names = ["subject-1-a", "subject-1-b", "subject-2-a", "subject-2-b"]
        files = [shared_face(name) for name in names]
        pairs = combinations(enumerate(files), 2)
        rows = ["first,second,mated"]
        rows += [f"{one},{other},{i // 2 == j // 2}" for (i, one), (j, other) in pairs]
        (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
        rows.append(f"{files[0]},broken.jpg,false")
        rows.append(f"{files[0]},absent.jpg,false")
        path = tmp_path / "pairs.csv"
        path.write_text("\n".join(rows))
        return path

    def test_rates_counts_intervals_and_what_they_do_not_show(self, told, pairs):
        report = told("evaluate", "--pairs", pairs, "--json")
        assert report["pairs"] == {"mated": 2, "non_mated": 4, "not_compared": 2}
        assert [found["code"] for found in report["photographs"]["refused"]] == [
            "unreadable",
            "damaged",
        ]
        assert [at["threshold"] for at in report["at"]] == [0.5, 0.55, 0.6]
        for at in report["at"]:
            assert (at["fnmr"]["errors"], at["fnmr"]["of"]) == (0, 2)
            assert (at["fmr"]["errors"], at["fmr"]["of"]) == (0, 4)
            assert at["fmr"]["interval_95"][1] > 0.4, "four pairs show nearly nothing"
        assert report["eer"]["rate"] == 0
        assert 0.4 < report["eer"]["threshold"] < 0.8
        assert "celebrities" in report["notes"][0]

    def test_in_words(self, told, pairs):
        text = told("evaluate", "--pairs", pairs)
        assert "FNMR 0.0000 (0 of 2" in text
        assert "Note: This pack is for evaluation only" in text

    def test_a_list_that_cannot_be_used_ends_with_code_2(self, told, tmp_path):
        path = tmp_path / "pairs.csv"
        path.write_text("first,second\n")
        with pytest.raises(CommandError, match="no pairs") as failed:
            told("evaluate", "--pairs", path)
        assert failed.value.returncode == 2
