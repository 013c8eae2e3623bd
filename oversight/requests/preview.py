"""What the gate would say of a draft: shown at every step, before anything is sent."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from oversight.policy.gate import FactsError, Preview, Reason, preview_request
from oversight.requests.facts import Answers, Asking, facts_of
from oversight.requests.models import SearchRequest
from recognition.gateway import Inspection, Unknown, inspection


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is certain already, and how many rules wait for answers."""

    reasons: tuple[Reason, ...]
    waiting: int
    satisfied: int
    requires: tuple[str, ...]
    problem: str

    @property
    def clear(self) -> bool:
        """Nothing refuses so far, and nothing is left to answer."""
        return not self.reasons and not self.waiting and not self.problem


def outlook_of(request: SearchRequest, answers: Answers) -> Outlook:
    """Ask the gate about a draft's answers so far; it never raises for what is missing."""
    facts = facts_of(
        Asking(request.requester, "submit", timezone.now()), answers, inspected(answers)
    )
    try:
        found = preview_request(facts)
    except FactsError as error:
        return Outlook((), 0, 0, (), f"{error.message}. {error.remedy}")
    return _outlook(found)


def inspected(answers: Answers) -> Inspection | None:
    """Return the worker's report on the draft's image, or None while there is none."""
    if "probe" not in answers:
        return None
    try:
        return inspection(UUID(answers["probe"]))
    except Unknown:
        return None


def _outlook(found: Preview) -> Outlook:
    return Outlook(
        reasons=found.reasons,
        waiting=len(found.undecided),
        satisfied=len(found.satisfied),
        requires=found.requires,
        problem="",
    )
