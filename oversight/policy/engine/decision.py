"""The decision document: what was decided, by which rules, and what is owed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Outcome = Literal["satisfied", "violated", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that refuses, in words, and what would cure it (if anything would)."""

    rule: str
    safeguard: str
    instrument: str
    citation: str
    message: str
    remedy: str | None


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed after the act; ``due`` is RFC 3339 at the agency, or null without a term."""

    kind: str
    due: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Check:
    """What one rule in force made of the facts."""

    rule: str
    safeguard: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in the form of the contracts; `as_json` gives its JSON document.

    Equal facts under an equal policy set and engine give an equal decision, in a stable order.
    """

    effect: Literal["permit", "refuse"]
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...]
    requires: tuple[str, ...]
    checked: tuple[Check, ...]
    policy_set: str
    facts: str
    engine: str
    at: str

    @property
    def permits(self) -> bool:
        return self.effect == "permit"

    @property
    def safeguards(self) -> frozenset[str]:
        """The numbers of the safeguards that refuse."""
        return frozenset(reason.safeguard for reason in self.reasons)

    def as_json(self) -> dict[str, Any]:
        """The decision as a JSON document, with lists for tuples."""
        document = asdict(self)
        for key in ("reasons", "duties", "requires", "checked"):
            document[key] = list(document[key])
        return document
