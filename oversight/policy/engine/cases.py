"""Cases: facts made from the base facts of the packs and what a case changes."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oversight.policy.engine.facts import REQUIRED_ALWAYS, Facts, FactsError, read_facts
from oversight.policy.engine.packs import Case, Instrument, PackError

if TYPE_CHECKING:
    from oversight.policy.engine.loader import Library

_FILLERS: Mapping[str, Any] = {
    "authority": {
        "type": "warrant",
        "issuer": "-",
        "number": "-",
        "valid_from": "1000-01-02T00:00:00Z",
        "valid_to": "9000-12-30T00:00:00Z",
    },
    "exigency": {"facts": "-", "authoriser": "-", "started_at": "2000-01-01T00:00:00Z"},
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


def filled_facts(answered: Mapping[str, Any], library: Library) -> Facts:
    """Validated facts: what is answered, and base facts in the place of what is not.

    ``at`` and ``agency`` must be answered. Raises `FactsError` for a wrong code or form; an answer
    that is begun and not finished (a probe without its source) is no error.
    """
    for key in REQUIRED_ALWAYS:
        if key not in answered:
            raise FactsError(key, "is missing", "State this fact.")
    return read_facts(_merged({**library.base, **_FILLERS}, answered), library.reference)


def _merged(filler: Mapping[str, Any], answered: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **filler,
        **{
            key: _merged(filler[key], value)
            if isinstance(value, Mapping) and isinstance(filler.get(key), Mapping)
            else value
            for key, value in answered.items()
        },
    }


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
