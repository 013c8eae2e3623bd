"""Manifests, good and bad, in both forms."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.gallery.manifest import Entry, Manifest, ManifestUnusable
from recognition.gallery.refusals import LineProblem, LineRefused, describe_line


def entries(path, text, *, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    manifest = Manifest.open(path)
    found = [entry for _, entry in manifest.entries()]
    assert manifest.lines == len(found)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_both_forms_say_the_same(tmp_path, encoding):
    text = 'subject,image,source,captured_on,name\nB-1,a.jpg,"desk, 2",2026-01-02,x\n'
    (from_csv,) = entries(tmp_path / "m.csv", text, encoding=encoding)
    record = {"subject": "B-1", "image": "a.jpg", "source": "desk, 2", "captured_on": "2026-01-02"}
    (from_jsonl,) = entries(tmp_path / "m.jsonl", json.dumps(record) + "\n\n", encoding=encoding)
    assert from_csv == from_jsonl
    assert from_csv.captured_on.isoformat() == "2026-01-02"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",a.jpg,,", LineProblem.MISSING),
        ("B-1,,,", LineProblem.MISSING),
        ("B-1,a.jpg,,2026-13-01", LineProblem.BAD_DATE),
        ("B-1,a.jpg,,,and more", LineProblem.NOT_A_RECORD),
        ("B\x071,a.jpg,,", LineProblem.UNUSABLE_TEXT),
        (f"{'B' * 101},a.jpg,,", LineProblem.UNUSABLE_TEXT),
    ],
)
def test_a_bad_line_is_refused_and_the_next_is_read(tmp_path, line, code):
    text = f"subject,image,source,captured_on\n{line}\nB-2,b.jpg,,\n"
    bad, good = entries(tmp_path / "m.csv", text)
    assert bad.code is code
    assert describe_line(bad.code.value, bad.facts).message
    assert good.subject == "B-2"


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"subject": ["x"], "image": "a"}', "[" * 99_999])
def test_a_bad_json_line_is_refused_and_the_next_is_read(tmp_path, line):
    bad, good = entries(tmp_path / "m.jsonl", f'{line}\n{{"subject": 2, "image": "b.jpg"}}')
    assert isinstance(bad, LineRefused)
    assert good.subject == "2"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("m.txt", b"subject,image\n"),
        ("m.csv", b"who,where\n1,2\n"),
        ("m.csv", b""),
        ("m.csv", b"subject,image\n\xff\xfe,a\n"),
        ("absent.csv", None),
    ],
)
def test_a_file_that_is_no_manifest_is_refused_whole(tmp_path, name, data):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ManifestUnusable):
        Manifest.open(tmp_path / name)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_whatever_stands_in_a_line_it_is_an_entry_or_a_refusal(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "m.jsonl"
    for entry in entries(path, json.dumps({"subject": text, "image": text}) + "\n" + text):
        assert isinstance(entry, Entry | LineRefused)
