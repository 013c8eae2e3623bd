"""What may not stand in any committed file."""

import re

from tests.architecture.sources import committed, modules, shown

# Put together from pieces, so that this file may stand in the checkout too.
_HOSTS = re.compile(
    "|".join(
        [
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            "registry" + r"\.yarnpkg",
            r"(?:deb|security|snapshot|ftp)\.(?:\w+\.)?" + "debian" + r"\.org",
            "archive" + r"\.ubuntu",
            "proxy" + r"\.golang",
            "static" + r"\.crates",
        ]
    )
)
_PATHS = re.compile(
    "|".join([r"(?<![\w.])/" + "work/", r"(?<![\w.])/" + r"root\b", "/home" + "/[a-z]"])
)
_UNFINISHED = re.compile(r"\b(?:" + "TO" + "DO|FIX" + "ME|X" + "XX|H" + r"ACK)\b")
_KINDS_OF_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAK" + r"IA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
)
_BLOB_BYTES = 200 * 1024


def _found(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed():
        text = path.read_text(encoding="utf-8", errors="ignore")
        for number, line in enumerate(text.splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{shown(path)}:{number} {match[0]}")
    return found


def test_no_address_of_a_package_registry():
    assert _found(_HOSTS) == []


def test_no_path_of_one_machine():
    assert _found(_PATHS) == []


def test_nothing_is_marked_as_unfinished():
    assert _found(_UNFINISHED) == []


def test_no_key_is_committed():
    assert _found(_KINDS_OF_SECRET) == []


def test_no_large_binary():
    large = [shown(path) for path in committed() if path.stat().st_size > _BLOB_BYTES]
    assert [name for name in large if not name.endswith((".txt", ".json", ".jsonl", ".po"))] == []


def test_an_exception_from_a_check_names_it_and_says_why():
    """``# noqa: CODE  (reason)``, or the reason in a comment above, once for lines that follow."""
    bare = re.compile(r"#\s*(?:noqa(?!: ?[A-Z]+\d+)|type: ?ignore(?!\[))")
    silent = re.compile(r"# (?:noqa: ?[A-Z0-9, ]+|type: ignore\[[\w, -]+\])$")
    wrong = []
    for path in modules("oversight", "recognition"):
        explained = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            excused = bare.search(line) or silent.search(line)
            if bare.search(line) or (excused and not explained):
                wrong.append(f"{shown(path)}:{number} {line.strip()}")
            explained = line.lstrip().startswith("#") or (explained and bool(excused))
    assert wrong == [], "write `# noqa: CODE  (reason)`"


def test_every_line_of_python_is_checked_by_mypy():
    skipped = re.compile(r"#\s*mypy:\s*(?:ignore-errors|disable)")
    assert [
        shown(path)
        for path in modules("oversight", "recognition")
        if skipped.search(path.read_text(encoding="utf-8"))
    ] == []
