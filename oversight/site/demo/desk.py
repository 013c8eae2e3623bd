"""A few made-up requests, a sample, recipients and a meeting: so that the board's desk is alive.

Everything goes through the services that the pages call, so that the record tells of it. What is
approved is searched by the worker of the running stack, and waits for the examiners.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from oversight.council.board import services as board
from oversight.council.board.models import Office, Sample
from oversight.people.models import Person
from oversight.requests import services as requests
from oversight.requests.models import Decision, ReturnReason, SignOff, Submission
from oversight.site.demo.seeding import GALLERY
from recognition.inspecting import inspect_probe

_Verdict = SignOff.Verdict

_ASKED: Final[tuple[tuple[str, dict[str, Any], _Verdict | None], ...]] = (
    ("officer", {"source": "body_worn"}, None),
    ("colleague", {"source": "body_worn", "case_number": "26-0207"}, None),
    ("colleague", {"purpose": "personal", "case_number": "26-0207"}, None),
    ("officer", {"case_number": "26-0193"}, _Verdict.APPROVED),
    ("officer", {"case_number": "26-0215", "nibrs": "13A"}, _Verdict.APPROVED),
    ("colleague", {"case_number": "26-0207", "source": "social_media"}, _Verdict.APPROVED),
    ("colleague", {"case_number": "26-0207", "source": "social_media"}, _Verdict.RETURNED),
    ("officer", {"case_number": "26-0221", "nibrs": "09A"}, _Verdict.REFUSED),
    ("colleague", {"case_number": "26-0230"}, None),
)
"""Who asks, what differs from an ordinary request, and the supervisor's verdict if there is one."""

_PLACES: Final = {
    Office.BOARD: "board@example.org",
    Office.MAYOR: "mayor@example.org",
    Office.INSPECTOR_GENERAL: "inspector.general@example.org",
}


def furnish_desk(photograph: Path) -> bool:
    """Make what the board's desk shows, once; tells whether anything was made.

    Args:
        photograph: the picture that every request is about.
    """
    if Sample.objects.exists():
        return False
    people = {person.username: person for person in Person.objects.select_related("unit")}
    data = photograph.read_bytes()
    for username, changes, verdict in _ASKED:
        submission = _ask(people[username], data, changes)
        if verdict is not None:
            _decide(submission, people["supervisor"], verdict)
    _announce(people["board"])
    _name_recipients(people["administrator"], people["board"])
    board.call_meeting(
        person=people["board"],
        starts_at=(timezone.localtime() + timedelta(days=10)).replace(
            hour=18, minute=0, second=0, microsecond=0
        ),
        place="City Hall, room 340 (demonstration)",
    )
    return True


def _ask(officer: Person, data: bytes, changes: dict[str, Any]) -> Submission:
    request = requests.start_request(requester=officer)
    draft, probe = requests.add_probe(
        request=request, data=data, claimed_type="image/jpeg", version=0
    )
    inspect_probe(probe)
    answers = {**_ordinary(), **changes}
    draft = requests.save_answers(request=request, answers=answers, version=draft.version)
    submission, _decision = requests.submit_request(request=request, version=draft.version)
    return submission


def _decide(submission: Submission, supervisor: Person, verdict: _Verdict) -> None:
    permitted = submission.decisions.filter(effect=Decision.Effect.PERMIT).exists()
    if permitted:
        requests.sign_off_submission(
            submission=submission,
            supervisor=supervisor,
            verdict=verdict,
            opened_at=timezone.now() - timedelta(minutes=4),
            reasons=[] if verdict == _Verdict.APPROVED else [ReturnReason.FACTS],
        )


def _announce(member: Person) -> None:
    today = timezone.localdate()
    board.announce_sample(
        person=member,
        kind=Sample.Kind.RANDOM,
        since=today,
        until=today + timedelta(days=1),
        size=4,
    )


def _name_recipients(administrator: Person, member: Person) -> None:
    for office, address in _PLACES.items():
        change = board.propose_recipient(
            person=administrator, office=office, name=str(office.label), address=address
        )
        board.confirm_change(person=member, change=change)


def _ordinary() -> dict[str, Any]:
    """Answers that the rules permit in Los Angeles."""
    return {
        "case_number": "26-0180",
        "case_opened_on": (timezone.localdate() - timedelta(days=3)).isoformat(),
        "purpose": "criminal_investigation",
        "nibrs": "120",
        "severity": "violent_felony",
        "listed": [],
        "predicate_level": "reasonable_suspicion",
        "predicate_facts": "The till camera shows the person who took the money at gunpoint.",
        "alternatives_tried": ["Asked the clerk and two customers"],
        "suspicion_specific": True,
        "protected_basis": False,
        "face_index": 0,
        "kind": "photograph",
        "source": "fixed_cctv_private",
        "mode": "still",
        "depicts_subject": True,
        "apparent_minor": False,
        "capture_context": [],
        "edits": [],
        "gallery": GALLERY,
        "candidates_requested": 10,
    }
