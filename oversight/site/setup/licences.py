"""The list of every pinned package with its licence, for docs/dependencies.md.

``python -m oversight.site.setup.licences`` writes it between the marks in that file; a test
compares. Run it in the environment that set-up has made: it reads what packages say of themselves.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from oversight.site.setup.places import CHECKOUT, REQUIREMENTS

DOCUMENT: Final = CHECKOUT / "docs" / "dependencies.md"
BEGIN: Final = "<!-- begin: written by oversight.site.setup.licences -->"
END: Final = "<!-- end -->"
_PINNED: Final = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
_CLASSIFIER: Final = "License :: OSI Approved :: "
_FREE_TEXT_LIMIT: Final = 60

# What these say of themselves is missing or is the whole text of the licence; read by us.
_READ_BY_US: Final[dict[str, str]] = {
    "axe-playwright-python": "MIT; carries axe-core, MPL-2.0",
    "cedarpy": "Apache-2.0",
    "insightface": "MIT (the code; its model packs have licences of their own and are not used)",
    "pillow-heif": "BSD-3-Clause; its wheel carries libheif and libde265 (LGPL-3.0), x265 (GPL-2.0)",
}


def pinned(name: str) -> dict[str, set[str]]:
    """Return the packages of a requirements file with their pinned versions."""
    found: dict[str, set[str]] = {}
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    for package, version in _PINNED.findall(text):
        found.setdefault(package, set()).add(version)
    return found


def table() -> str:
    """Return the list as a table in Markdown."""
    return "\n".join(["| package | licence | for |", "|---|---|---|", *_rows()])


def licence_of(package: str) -> str | None:
    """Return what an installed package says of its licence, shortly; None if not installed."""
    if package in _READ_BY_US:
        return _READ_BY_US[package]
    try:
        found = distribution(package)
    except PackageNotFoundError:
        return None
    return _stated(found)


def _stated(found: Distribution) -> str:
    metadata = found.metadata
    if "License-Expression" in metadata:
        return str(metadata["License-Expression"])
    kinds = [
        kind.removeprefix(_CLASSIFIER)
        for kind in metadata.get_all("Classifier") or ()
        if kind.startswith(_CLASSIFIER)
    ]
    if kinds:
        return ", ".join(kinds)
    stated = (metadata.get_all("License") or [""])[0]
    first = str(stated).strip().partition("\n")[0]
    return first if 0 < len(first) <= _FREE_TEXT_LIMIT else "see its own files"


def _rows() -> Iterator[str]:
    runtime = pinned("runtime")
    everything = {**pinned("development"), **pinned("bootstrap")}
    for package in sorted(everything):
        licence = licence_of(package)
        use = "running" if package in runtime else "development"
        yield f"| {package} | {licence or 'not installed on Linux'} | {use} |"


def write(document: Path = DOCUMENT) -> None:
    """Put the list between the marks of the document."""
    text = document.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    document.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"Written: {DOCUMENT.relative_to(CHECKOUT)}\n")
