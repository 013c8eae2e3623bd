"""What the documents point at exists, and what they promise is there."""

import re

import pytest

from oversight.site.paths import BASE_DIR
from tests.architecture.sources import committed, shown

DOCUMENTS = [path for path in committed() if path.suffix == ".md"]
WANTED = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "LICENSE",
    "docs/architecture.md",
    "docs/glossary.md",
    "docs/dependencies.md",
    "docs/threat-model.md",
    "docs/runbooks/deploy.md",
    "docs/runbooks/backup-and-restore.md",
    "docs/runbooks/incidents.md",
)


@pytest.mark.parametrize("name", WANTED)
def test_the_documents_that_people_look_for_are_there(name):
    assert (BASE_DIR / name).stat().st_size > 500


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_links_inside_the_repository_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_make_target_that_a_document_names_exists():
    targets = set(re.findall(r"^([a-z-]+):", (BASE_DIR / "Makefile").read_text(), re.MULTILINE))
    named = {
        (shown(path), target)
        for path in DOCUMENTS
        for target in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert {(name, target) for name, target in named if target not in targets} == set()


def test_every_management_command_that_a_document_names_exists():
    from django.core.management import get_commands

    known = set(get_commands())
    named = {
        (shown(path), command)
        for path in DOCUMENTS
        for command in re.findall(r"manage\.py ([a-z_]+)", path.read_text(encoding="utf-8"))
    }
    assert {(name, command) for name, command in named if command not in known} == set()


def test_decisions_are_numbered_once_and_say_their_number():
    files = sorted((BASE_DIR / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in files]
    assert len(numbers) == len(set(numbers))
    for path in files:
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# 0*{int(path.name[:4])}\. ", heading), f"{path.name}: {heading}"
