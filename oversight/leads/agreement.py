"""When examiners agree (R24): the rule in one place, without a database.

Each of two examiners, apart, names one candidate or nobody. If both name the same candidate, it
is a lead; if both name nobody, there is none. If they differ, a third decides, who knows neither
that nor why: two of three on the same candidate make a lead, and anything else makes none.
Compare Regulation (EU) 2024/1689, Art. 14(5); Detroit Police Department, Directive 307.5.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from oversight.leads.models import Result

PAIR, PANEL = 2, 3
"""Examiners at first, and at most."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the conclusions come to, and by which rule."""

    kind: Result.Kind
    rule: Result.Rule
    candidate: UUID | None = None


NOBODY_RETURNED = Agreement(Result.Kind.NO_CANDIDATE, Result.Rule.NOBODY_RETURNED)


def agreement_of(named: Sequence[UUID | None]) -> Agreement | None:
    """Return what the conclusions come to, whatever their order; None while more are needed.

    ``named`` holds, for each examination concluded, the candidate it names or None for nobody.

    Raises:
        ValueError: more conclusions than a panel has members.
    """
    if len(named) > PANEL:
        raise ValueError(f"A panel has at most {PANEL} examiners; {len(named)} conclusions given.")
    if len(named) < PAIR:
        return None
    rule = Result.Rule.TWO_AGREE if len(named) == PAIR else Result.Rule.TWO_OF_THREE
    choice, votes = Counter(named).most_common(1)[0]
    if votes >= PAIR:
        kind = Result.Kind.LEAD if choice else Result.Kind.NO_LEAD
        return Agreement(kind, rule, choice)
    if len(named) == PAIR:
        return None
    return Agreement(Result.Kind.NO_LEAD, Result.Rule.NO_AGREEMENT)


def examiners_wanted(named: Sequence[UUID | None]) -> int:
    """Return how many examinations there should be in all, given the conclusions so far."""
    if len(named) < PAIR:
        return PAIR
    return PANEL if agreement_of(named) is None else len(named)
