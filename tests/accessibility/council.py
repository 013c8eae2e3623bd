"""Something on each page of the council's room: a vote, a comment, a meeting, an audit, a report."""

from datetime import date, timedelta

from django.db.transaction import atomic
from django.utils import timezone

from oversight.council.board import services as board
from oversight.council.board.models import Sample
from oversight.council.services.comment import Question, Said, open_consultation, submit_comment
from oversight.council.services.grouping import group_comments
from oversight.council.services.voting import confirm_vote
from oversight.ledger.services import append_entry
from oversight.requests.events import SUBMITTED
from oversight.transparency.reports.services import file_report
from tests.council.town import drone, proposed, settle, voted

# What people wrote stands as they wrote it, in every language.
TYPED = {
    *("Small drone", "Skyworks", "Looks for missing people.", "To find people.", "General fund"),
    *("City Council", "City Hall", "A report every month.", "Why not?", "No drones", "a.txt"),
    *("Administrator Example", "Board Example", "Board2 Example"),
    *(f"Member {number}" for number in range(1, 14)),
}


def fill_council(office):
    """A technology that was voted on, one open for comment, a meeting, an audit, a report."""
    people, now = settle(), timezone.now()
    confirm_vote(vote=voted(people, proposed(people, drone(people))), person=people.colleague)
    asked = Question("No drones", "Why not?", now - timedelta(hours=1), now + timedelta(days=9))
    consultation = open_consultation(
        subject=proposed(people, drone(people, "drone-2")), asked=asked, person=people.administrator
    )
    for stance in ("for", "against", "against"):
        submit_comment(consultation=consultation, said=Said(stance, "Why not?"))
    group_comments()
    _audit(office, people.member)
    meeting = board.call_meeting(
        person=people.member, starts_at=now + timedelta(days=3), place="City Hall"
    )
    today = timezone.localdate()
    board.freeze_pack(
        person=people.member, meeting=meeting, since=today - timedelta(days=7), until=today
    )
    file_report(pack="general", start=date(2025, 1, 1), end=date(2026, 1, 1))


def _audit(office, member):
    sent = office.send(timezone.now() - timedelta(days=2))
    with atomic():
        append_entry(
            event=SUBMITTED,
            public=dict.fromkeys(SUBMITTED.public) | {"agency": "lapd"},
            committed=dict.fromkeys(SUBMITTED.committed) | {"submission": sent.pk},
        )
    today = timezone.localdate()
    board.announce_sample(
        person=member,
        kind=Sample.Kind.RANDOM,
        since=today - timedelta(days=7),
        until=today + timedelta(days=1),
        size=1,
    )
