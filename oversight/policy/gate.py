"""The gate: the one door of this room. Facts in, a decision out.

Other rooms import this module and nothing else of `oversight.policy`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oversight.policy.engine.adoption import validate_pack
from oversight.policy.engine.catalogue import Catalogue, catalogue_of
from oversight.policy.engine.decide import decide
from oversight.policy.engine.decision import Check, Decision, Duty, Reason
from oversight.policy.engine.facts import FactsError, read_facts
from oversight.policy.engine.loader import Library, read_library
from oversight.policy.engine.packs import Instrument, PackError, Rule
from oversight.policy.engine.places import place_in
from oversight.policy.engine.policyset import Policy, UnknownPackError
from oversight.policy.engine.preview import Preview, Undecided, preview
from oversight.policy.engine.selftest import check_policy
from oversight.policy.standing import law_as_it_stands, law_as_known, standing_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from oversight.policy.engine.replayer import Law

__all__ = [
    "Catalogue",
    "Check",
    "Decision",
    "Duty",
    "FactsError",
    "Instrument",
    "PackError",
    "Policy",
    "Preview",
    "Reason",
    "Rule",
    "Undecided",
    "UnknownPackError",
    "catalogue",
    "consider_requests",
    "decide_as_known",
    "decide_request",
    "fault_of_the_law",
    "law_to_replay",
    "load_policy",
    "preview_request",
    "read_proposal",
    "rules_applied",
    "standing_library",
]

PACKS = Path(__file__).parent / "packs"


@cache
def load_policy() -> Policy:
    """The packs in files, read once and tested; raises `PackError` otherwise.

    What was adopted since, and a suspension, come on top of them (`standing_policy`).
    """
    policy = Policy(read_library(PACKS))
    check_policy(policy)
    return policy


def fault_of_the_law() -> str | None:
    """Why the law cannot be trusted now; None if it can.

    The sealed packs were changed or emptied since the start, or an adopted instrument is valid no
    more. Raises what the source of adopted acts raises when it does not answer.
    """
    try:
        read_library(PACKS)
        standing_policy(load_policy())
    except PackError as error:
        return str(error)
    return None


def read_proposal(path: Path, library: Library) -> Instrument:
    """A pack that is not in force, validated beside a library; raises `PackError` with the line."""
    text = path.read_bytes()
    try:
        return validate_pack(text, library)
    except PackError as error:
        found = place_in(text.decode(errors="replace"), error)
        if found is None:
            raise
        place = f"{path.name}, line {found[0]}, column {found[1]}: {error.place}"
        raise PackError(place, error.message, error.remedy) from error


def decide_request(facts: Mapping[str, Any], packs: Sequence[str] | None = None) -> Decision:
    """Decide a whole facts document (contracts, section 2) under the law of its agency and day.

    With `packs`, these instruments are applied whether or not they bind the agency. Raises
    `FactsError` when the facts cannot be used and `UnknownPackError` for a pack that is not known.
    At ``approve`` the list of approvals includes the one that is about to be given.
    """
    return _decided(standing_policy(load_policy()), facts, packs)


def decide_as_known(facts: Mapping[str, Any], moment: datetime) -> Decision:
    """Decide as the gate did at a moment: under what was adopted, and suspended, by then.

    A decision that was stored comes out the same, its policy set included. Raises as
    `decide_request` does.
    """
    return _decided(standing_policy(load_policy(), as_of=moment), facts, None)


def consider_requests(documents: Iterable[Mapping[str, Any]]) -> list[Decision]:
    """What the law says to facts that nobody acts on: for questions, never for a search.

    All are decided under the law of one moment. A suspension is left out: it halts every use and
    says nothing of the law. Raises `FactsError` when facts cannot be used.
    """
    policy = standing_policy(load_policy(), suspensions=False)
    return [_decided(policy, document, None) for document in documents]


def rules_applied(facts: Mapping[str, Any], moment: datetime | None = None) -> str:
    """The text of the policy set that binds whoever these facts are about, on their day.

    It is the law as it stands, or as it stood at ``moment``, the time of a stored decision.
    Canonical JSON (RFC 8785), whose SHA-256 is the ``policy_set`` of a decision on these facts.
    Raises `FactsError` as `decide_request` does.
    """
    policy = standing_policy(load_policy(), as_of=moment)
    return policy.bind(read_facts(facts, policy.library.reference)).text


def preview_request(facts: Mapping[str, Any], packs: Sequence[str] | None = None) -> Preview:
    """What is certain already, given some of the facts.

    ``at`` and ``agency`` must be there. A key that is absent is not answered; a null is an answer.
    Raises `FactsError` for codes and forms that are wrong, never for what is not answered yet.
    """
    return preview(facts, standing_policy(load_policy()), packs)


def catalogue() -> Catalogue:
    """Every instrument, rule, agency and safeguard, for pages and reports."""
    return catalogue_of(standing_library())


def law_to_replay(*, as_known: bool = False) -> Law:
    """What history is decided under again: the law as it stands, or as it was known each time.

    Raises `PackError` if something adopted is no longer valid.
    """
    return (law_as_known if as_known else law_as_it_stands)(load_policy())


def standing_library() -> Library:
    """The law as it stands, adopted instruments included and a suspension left out."""
    return standing_policy(load_policy(), suspensions=False).library


def _decided(policy: Policy, facts: Mapping[str, Any], packs: Sequence[str] | None) -> Decision:
    checked = read_facts(facts, policy.library.reference)
    return decide(checked, policy.bind(checked, packs))
