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
from oversight.policy.engine.loader import read_library
from oversight.policy.engine.packs import Instrument, PackError, Rule
from oversight.policy.engine.policyset import Policy, UnknownPackError
from oversight.policy.engine.preview import Preview, Undecided, preview
from oversight.policy.engine.selftest import check_policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    "consider_request",
    "decide_request",
    "load_policy",
    "preview_request",
    "read_proposal",
    "rules_applied",
]

PACKS = Path(__file__).parent / "packs"


@cache
def load_policy() -> Policy:
    """The rules of this installation, read once and tested; raises `PackError` otherwise."""
    policy = Policy(read_library(PACKS))
    check_policy(policy)
    return policy


def read_proposal(path: Path) -> Instrument:
    """A pack that is not in force, validated as for adoption; raises `PackError`."""
    return validate_pack(path.read_bytes(), load_policy().library)


def decide_request(facts: Mapping[str, Any], packs: Sequence[str] | None = None) -> Decision:
    """Decide a whole facts document (contracts, section 2) under the law of its agency and day.

    With `packs`, these instruments are applied whether or not they bind the agency. Raises
    `FactsError` when the facts cannot be used and `UnknownPackError` for a pack that is not known.
    At ``approve`` the list of approvals includes the one that is about to be given.
    """
    policy = load_policy()
    checked = read_facts(facts, policy.library.reference)
    return decide(checked, policy.bind(checked, packs))


def consider_request(facts: Mapping[str, Any], packs: Sequence[str] | None = None) -> Decision:
    """What the law says to facts that nobody acts on: for questions, never for a search.

    Raises as `decide_request` does.
    """
    policy = load_policy()
    checked = read_facts(facts, policy.library.reference)
    return decide(checked, policy.bind(checked, packs))


def rules_applied(facts: Mapping[str, Any]) -> str:
    """The text of the policy set that binds whoever these facts are about, on their day.

    Canonical JSON (RFC 8785), whose SHA-256 is the ``policy_set`` of a decision on these facts.
    Raises `FactsError` as `decide_request` does.
    """
    policy = load_policy()
    return policy.bind(read_facts(facts, policy.library.reference)).text


def preview_request(facts: Mapping[str, Any], packs: Sequence[str] | None = None) -> Preview:
    """What is certain already, given some of the facts.

    ``at`` and ``agency`` must be there. A key that is absent is not answered; a null is an answer.
    Raises `FactsError` for codes and forms that are wrong, never for what is not answered yet.
    """
    return preview(facts, load_policy(), packs)


def catalogue() -> Catalogue:
    """Every instrument, rule, agency and safeguard, for pages and reports."""
    return catalogue_of(load_policy().library)
