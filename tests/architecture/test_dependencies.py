"""docs/dependencies.md lists every pinned package with its licence, and says why each is here."""

import re

from oversight.site.paths import BASE_DIR
from oversight.site.setup.licences import BEGIN, DOCUMENT, END, licence_of, pinned

TEXT = DOCUMENT.read_text(encoding="utf-8")
_ROW = re.compile(r"^\| (\S+) \| (.+?) \| (?:running|development) \|$", re.MULTILINE)
LISTED = dict(_ROW.findall(TEXT))


def test_every_pinned_package_is_listed_and_nothing_else():
    assert set(LISTED) == {*pinned("development"), *pinned("bootstrap")}


def test_the_licences_are_those_that_the_packages_state():
    installed = {name: licence_of(name) for name in LISTED}
    # What one Python needs (a back-port, say) another does not install: it cannot be asked here.
    asked = {
        name: licence
        for name, licence in installed.items()
        if licence and not LISTED[name].startswith("not installed")
    }
    assert {name: LISTED[name] for name in asked} == asked


def test_no_licence_is_unknown():
    assert [name for name, licence in LISTED.items() if "own files" in licence] == []


def test_no_copyleft_runs_beside_the_application_but_what_the_page_explains():
    running = pinned("runtime")
    strong = {name for name in running if re.search(r"\bA?GPL", LISTED[name].replace("LGPL", ""))}
    assert strong == {"pillow-heif"}
    assert "pillow-heif** is BSD" in TEXT


def test_every_direct_dependency_has_a_reason():
    reasons = TEXT.split("## Licences that ask")[0]
    direct = {
        re.split(r"[\[<>=~ ]", line)[0]
        for line in (BASE_DIR / "requirements" / "runtime.in").read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    }
    assert [name for name in direct if not re.search(rf"\b{re.escape(name)}\b", reasons)] == []


def test_the_marks_are_there_for_the_next_writing():
    assert TEXT.index(BEGIN) < TEXT.index(END)
