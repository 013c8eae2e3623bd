"""Reading packs from a folder: the only place of the engine that touches a disk.

The folder holds ``<slug>.toml`` for each instrument, ``agencies.toml``, ``base.toml`` (facts of an
ordinary lawful search, from which cases are made) and ``SHA256SUMS`` over all of them.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from oversight.policy.engine.packs import Instrument, PackError
from oversight.policy.engine.parse import parse_instrument
from oversight.policy.engine.reference import Agency, Government, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = "SHA256SUMS"
AGENCIES = "agencies.toml"
BASE = "base.toml"


@dataclass(frozen=True, slots=True)
class Library:
    """All that was read: instruments by slug, reference tables, and the base facts of cases."""

    instruments: Mapping[str, Instrument]
    reference: Reference
    base: Mapping[str, Any]


def read_library(folder: Path, *, sealed: bool = True) -> Library:
    """Read and check a folder of packs; raise `PackError` if it is empty, torn or tampered with.

    ``sealed=False`` reads a folder whose manifest has not been written yet.
    """
    texts = {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}
    if sealed:
        check_manifest(folder, texts)
    tables = {name: read_toml(name, text) for name, text in texts.items()}
    for needed in (AGENCIES, BASE):
        if needed not in tables:
            raise PackError(needed, "is missing", "Restore the folder of packs.")
    agencies, base = tables.pop(AGENCIES), tables.pop(BASE)
    instruments = [
        parse_instrument(table, text_digest=_digest(texts[name])) for name, table in tables.items()
    ]
    if "house" not in {instrument.slug for instrument in instruments}:
        raise PackError("house.toml", "is missing", "Without it nothing may be permitted.")
    return Library(
        instruments={instrument.slug: instrument for instrument in instruments},
        reference=_reference(agencies, instruments),
        base=base,
    )


def with_instrument(library: Library, instrument: Instrument) -> Library:
    """The library as it would be with `instrument` in the place of the one of that name."""
    instruments = {**library.instruments, instrument.slug: instrument}
    exceptions = {exception.code for one in instruments.values() for exception in one.exceptions}
    reference = replace(library.reference, exceptions=frozenset(exceptions))
    return Library(instruments, reference, library.base)


def check_manifest(folder: Path, texts: Mapping[str, bytes]) -> None:
    """Raise `PackError` unless the manifest names exactly these files with these digests."""
    path = folder / MANIFEST
    if not path.is_file():
        raise PackError(MANIFEST, "is missing", "Restore the folder of packs.")
    lines = (line.partition("  ") for line in path.read_text().splitlines())
    listed = {name: digest for digest, _, name in lines}
    for name in sorted(listed.keys() | texts.keys()):
        if listed.get(name) != (_digest(texts[name]) if name in texts else None):
            raise PackError(
                name, "differs from the sealed set of rules", "Restore the folder of packs."
            )


def manifest_text(folder: Path) -> str:
    """The manifest for the packs in ``folder``, in the form that ``sha256sum -c`` reads."""
    return "".join(
        f"{_digest(path.read_bytes())}  {path.name}\n" for path in sorted(folder.glob("*.toml"))
    )


def read_toml(name: str, text: bytes) -> dict[str, Any]:
    """The table of a TOML file in UTF-8; raises `PackError`, with line and column where it can."""
    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        place = f"{error.reason}, at byte {error.start}"
        raise PackError(name, f"is not UTF-8 text: {place}", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(name, f"is not TOML: {error}", "Correct the file.") from error
    except (RecursionError, ValueError) as error:
        raise PackError(
            name, "is nested too deeply or holds a number too long", "Correct the file."
        ) from error


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _reference(table: Mapping[str, Any], instruments: list[Instrument]) -> Reference:
    governments = {
        slug: Government(slug, row["name"], tuple(row.get("within", ())))
        for slug, row in table["government"].items()
    }
    agencies = {
        slug: Agency(slug, row["name"], tuple(row["within"]), row["time_zone"])
        for slug, row in table["agency"].items()
    }
    within = {slug: row.within for slug, row in governments.items()}
    within |= {slug: row.within for slug, row in agencies.items()}
    for slug, parents in within.items():
        for parent in parents:
            if parent not in governments:
                raise PackError(AGENCIES, f"{slug} is within unknown “{parent}”", "Name it there.")
    exceptions = frozenset(
        exception.code for instrument in instruments for exception in instrument.exceptions
    )
    return Reference(agencies, governments, exceptions, _inventory(table.get("inventory")))


def _inventory(listed: Any) -> frozenset[str]:
    if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
        raise PackError(
            f"{AGENCIES}, inventory", "is not a list of names", 'Write inventory = ["…"], or [].'
        )
    return frozenset(listed)
