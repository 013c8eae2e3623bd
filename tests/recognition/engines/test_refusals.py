"""Packs that must not be run, and why nothing is ever downloaded."""

import json
import shutil
import socket

import onnx
import pytest

from recognition.engines import EngineUnavailable, inspect_licence, load_engine, open_pack
from recognition.engines.packs import sha256_of
from tests.recognition.engines.photographs import portrait


@pytest.fixture
def copy(pack, tmp_path):
    """A pack of our own to break, below a root of its own."""
    root = tmp_path / "packs"
    shutil.copytree(pack, root / "mine")
    return root / "mine"


def load(folder):
    return load_engine(folder, allowed_root=folder.parent)


def rewrite(path, **changes):
    document = json.loads(path.read_text())
    path.write_text(json.dumps(document | changes))


def accept_files(folder):
    """Bring the sha256 in manifest and record up to the files, as a careless person might."""
    manifest_path = folder / "manifest.json"
    manifest = json.loads(manifest_path.read_text())
    for task in manifest["tasks"].values():
        task["sha256"] = sha256_of(folder / task["file"])
    manifest_path.write_text(json.dumps(manifest))
    names = [path.name for path in folder.iterdir() if path.name != "model-record.json"]
    rewrite(folder / "model-record.json", files={n: sha256_of(folder / n) for n in sorted(names)})


def test_the_copy_itself_can_be_run(copy):
    assert load(copy).detect(portrait())


def test_a_careless_but_whole_update_can_be_run(copy):
    accept_files(copy)
    assert load(copy).detect(portrait())


@pytest.mark.parametrize("name", ["other", "../mine/../../elsewhere", "."])
def test_only_packs_below_the_root_are_run(copy, name):
    with pytest.raises(EngineUnavailable):
        load_engine(copy.parent / name, allowed_root=copy.parent)


def test_a_link_out_of_the_root_is_not_followed(pack, tmp_path):
    root = tmp_path / "packs"
    root.mkdir()
    (root / "linked").symlink_to(pack)
    with pytest.raises(EngineUnavailable, match="below the packs' root"):
        load(root / "linked")


@pytest.mark.parametrize(
    "name",
    ["manifest.json", "model-record.json", "dlib-resnet-v1.onnx", "blazeface-full-range.onnx"],
)
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    with pytest.raises(EngineUnavailable, match=name):
        load(copy)


@pytest.mark.parametrize(
    "name", ["manifest.json", "dlib-resnet-v1.onnx", "blazeface-full-range.onnx"]
)
def test_a_changed_file_is_named(copy, name):
    path = copy / name
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    with pytest.raises(EngineUnavailable, match=f"{name} is not the file"):
        load(copy)


def test_a_file_outside_the_pack_is_refused(copy):
    outside = copy.parent / "outside.onnx"
    shutil.copy(copy / "dlib-resnet-v1.onnx", outside)
    record = json.loads((copy / "model-record.json").read_text())
    files = record["files"] | {"../outside.onnx": sha256_of(outside)}
    rewrite(copy / "model-record.json", files=files)
    with pytest.raises(EngineUnavailable, match=r"outside\.onnx"):
        load(copy)


def test_a_model_that_the_record_does_not_list_is_refused(copy):
    record = json.loads((copy / "model-record.json").read_text())
    del record["files"]["dlib-resnet-v1.onnx"]
    rewrite(copy / "model-record.json", files=record["files"])
    with pytest.raises(EngineUnavailable, match="does not list every file"):
        load(copy)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"metric": "manhattan"}, "manhattan"),
        ({"thresholds": {"strong": 0.6, "limited": 0.55, "candidate": 0.5}}, "strictest"),
        ({"thresholds": {"strong": 0.5}}, "limited"),
        ({"dimension": 0}, "dimension"),
        ({"licence": " "}, "licence"),
        ({"evaluation_only": "no"}, "evaluation_only"),
        ({"mood": "happy"}, "mood"),
        ({"files": None}, "model-record.json"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused(copy, changes, says):
    rewrite(copy / "model-record.json", **changes)
    with pytest.raises(EngineUnavailable, match=says):
        load(copy)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["manifest.json", "model-record.json"])
def test_unreadable_documents_are_refused(copy, name, content):
    (copy / name).write_bytes(content)
    if name == "manifest.json":
        files = json.loads((copy / "model-record.json").read_text())["files"]
        rewrite(copy / "model-record.json", files=files | {name: sha256_of(copy / name)})
    with pytest.raises(EngineUnavailable, match=name):
        load(copy)


def test_an_older_manifest_is_refused(copy):
    rewrite(copy / "manifest.json", manifest_version=1)
    accept_files(copy)
    with pytest.raises(EngineUnavailable, match="version 2"):
        load(copy)


def test_a_wrong_declared_dimension_is_seen_in_the_models_output(copy):
    """InsightFace accepts it in silence."""
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["tasks"]["recognition"]["embedding_dimension"] = 512
    rewrite(copy / "manifest.json", **manifest)
    accept_files(copy)
    with pytest.raises(EngineUnavailable, match="manifest says 512"):
        load(copy)
    rewrite(copy / "model-record.json", dimension=512)
    with pytest.raises(EngineUnavailable, match="128 numbers a face; its record says 512"):
        load(copy)


@pytest.mark.parametrize("task", ["dlib-resnet-v1.onnx", "blazeface-full-range.onnx"])
@pytest.mark.parametrize("content", [b"", b"no model at all"])
def test_a_corrupt_model_is_refused(copy, task, content):
    (copy / task).write_bytes(content)
    accept_files(copy)
    with pytest.raises(EngineUnavailable, match="could not be loaded"):
        load(copy)


def test_a_model_of_another_kind_is_refused(copy):
    """An embedder where the detector should be."""
    shutil.copy(copy / "dlib-resnet-v1.onnx", copy / "blazeface-full-range.onnx")
    onnx.load(copy / "blazeface-full-range.onnx")
    accept_files(copy)
    with pytest.raises(EngineUnavailable):
        load(copy).detect(portrait())


class TestNoDownload:
    @pytest.fixture(autouse=True)
    def _sockets_closed(self, monkeypatch):
        def refuse(*_args, **_kwargs):
            raise AssertionError("a socket was opened")

        monkeypatch.setattr(socket, "socket", refuse)
        monkeypatch.setattr(socket, "create_connection", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)

    def test_a_missing_pack_is_not_fetched(self, copy, capfd):
        for name in ("buffalo_l", "raccoon_s", "absent"):
            with pytest.raises(EngineUnavailable, match=f"no pack in '{name}'"):
                load_engine(copy.parent / name, allowed_root=copy.parent)
        assert capfd.readouterr() == ("", "")

    def test_a_pack_runs_without_any_network(self, copy):
        engine = load(copy)
        (face,) = engine.detect(portrait())
        assert engine.embed(portrait(), face).any()


class TestInsightFaceLicence:
    @pytest.fixture
    def theirs(self, copy):
        rewrite(copy / "model-record.json", licence="LicenseRef-InsightFace", evaluation_only=False)
        return copy

    def test_without_a_licence_it_is_not_for_operation(self, theirs):
        with pytest.raises(EngineUnavailable, match="does not allow this use"):
            load(theirs)

    def test_without_a_licence_it_may_be_evaluated(self, theirs):
        rewrite(theirs / "model-record.json", evaluation_only=True)
        assert load(theirs).record.evaluation_only

    def test_a_forged_licence_is_worse_than_none(self, theirs):
        rewrite(theirs / "model-record.json", evaluation_only=True)
        forged = {"license_id": "x", "model_id": "oversight-embedded", "grant": "commercial"}
        (theirs / "MODEL.LICENSE").write_text(json.dumps(forged))
        with pytest.raises(EngineUnavailable, match="does not allow this use"):
            load(theirs)

    def test_other_packs_stand_on_their_record(self, pack):
        state = inspect_licence(open_pack(pack, allowed_root=pack.parent))
        assert (state.usable, state.licence) == (True, "CC0-1.0 AND Apache-2.0")
