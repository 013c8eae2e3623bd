"""Cases: facts made from the base facts of the packs and what a case changes."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from oversight.policy.engine.facts import Facts, read_facts
from oversight.policy.engine.packs import Case, Instrument, PackError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oversight.policy.engine.loader import Library

_FILLERS: Mapping[str, Any] = {
    "received": {
        "source": "nobody",
        "solicited": False,
        "specific_crime": True,
        "logged": True,
    },
    "technology": {
        "kind": "face_recognition",
        "governing_body_approved": True,
        "impact_report": True,
        "use_policy_published": True,
    },
}


def with_base(answered: Facts, library: Library) -> Facts:
    """The answered facts, with base facts in the place of what is not answered."""
    document = {**library.base, **_FILLERS, **answered.document}
    return replace(answered, document=document)


def case_facts(library: Library, instrument: Instrument, case: Case) -> Facts:
    """The facts of a case; raises `PackError` if a path leads nowhere, `FactsError` if unusable."""
    return read_facts(case_document(library.base, instrument, case), library.reference)


def case_document(base: Mapping[str, Any], instrument: Instrument, case: Case) -> dict[str, Any]:
    """The facts document of a case, not validated."""
    document = copy.deepcopy(dict(base))
    for path, value in {**instrument.base, **case.changes}.items():
        _set(document, path, copy.deepcopy(value), f"{instrument.slug}, case “{case.name}”")
    return document


def _set(document: dict[str, Any], path: str, value: Any, place: str) -> None:
    *parents, last = path.split(".")
    inside = document
    for parent in parents:
        inside = inside.get(parent, {})
        if not isinstance(inside, dict):
            raise PackError(place, f"“{path}” leads nowhere", "Correct the path.")
    inside[last] = value
