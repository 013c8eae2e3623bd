"""Samples and findings through their services: announced, drawn once, answered in time."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from oversight.council.board import selectors, services
from oversight.council.board.duties import owed_for_violation
from oversight.council.board.lots import draw_again
from oversight.council.board.models import (
    Answer,
    Dispatch,
    Draw,
    Finding,
    Notice,
    Publication,
    Resolution,
    Sample,
)
from oversight.council.board.sampled import members_of, request_at
from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.ledger.verifier import fold
from oversight.people.models import Role, Unit
from oversight.requests.models import Submission
from oversight.transparency.document import digest_of
from tests.conftest import acting_as
from tests.council.board.conftest import make

pytestmark = pytest.mark.django_db

Kind = Finding.Kind


def find(desk, sample, place=1, kind=Kind.VIOLATION, safeguard="R14", days=10):
    return services.record_finding(
        person=desk.board,
        sample=sample,
        place=place,
        kind=kind,
        safeguard=safeguard if kind != Kind.COMPLIANT else "",
        text="" if kind == Kind.COMPLIANT else "The picture came from an officer's camera.",
        answer_due=timezone.localdate() + timedelta(days=days),
    )


def name_recipient(desk, office, address="clerk@example.org"):
    change = services.propose_recipient(
        person=desk.administrator, office=office, name=f"The {office}", address=address
    )
    services.confirm_change(person=desk.board, change=change)
    return change


def published(sample):
    return Publication.objects.filter(kind="sample", subject=sample.number).order_by("-sequence")


def facts_of(sample):
    """What anyone can download of a sample."""
    return {**published(sample).first().document, "plan": selectors.published_plan(sample.number)}


# Drawing


def test_a_sample_is_drawn_from_the_record_one_entry_after_its_announcement(desk):
    asked = desk.ask_many(6)
    sample = desk.announce(3)
    assert services.draw_announced_samples() == 0
    assert not Draw.objects.exists()
    desk.sign()
    assert services.draw_announced_samples() == 1
    draw = Draw.objects.get()
    assert draw.tree_size == sample.entry + 2
    requests = {member.request for member in members_of(sample)}
    assert len(requests) == 3
    assert requests < {submission.request_id for submission in asked}


def test_it_waits_for_the_signature_even_if_the_record_has_gone_on(desk):
    desk.ask_many(4)
    desk.announce(2)
    desk.ask()
    assert services.draw_announced_samples() == 0
    desk.sign()
    assert services.draw_announced_samples() == 1
    assert services.draw_announced_samples() == 0


def test_the_draw_is_the_same_whenever_it_is_made(desk):
    """What happens after the announcement and one entry more changes nothing."""
    desk.ask_many(9)
    sample = desk.announce(4)
    desk.ask_many(5)
    desk.sign()
    desk.ask_many(7)
    desk.sign()
    services.draw_announced_samples()
    draw = Draw.objects.get()
    leaves = [
        bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf", flat=True)
    ]
    assert fold(leaves[: sample.entry + 2]).hex() == draw.root
    assert draw_again(facts_of(Sample.objects.get())) == draw.members


def test_no_sample_is_drawn_again_until_it_pleases(desk):
    sample = desk.drawn()
    before = sample.draw.members
    assert services.draw_announced_samples() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(
            sample=sample,
            tree_size=sample.entry + 2,
            root="0" * 64,
            members=before[::-1],
            digest="sha256:" + "0" * 64,
            drawn_at=timezone.now(),
        )
    for change in ("UPDATE board_draw SET members = '[]'", "DELETE FROM board_draw"):
        refuse_to_owner(change)


def refuse_to_owner(statement):
    with (
        acting_as("owner"),
        pytest.raises(DatabaseError, match=r"never changed|final|closed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_refuses_a_draw_from_another_record(desk):
    desk.ask_many(4)
    sample = desk.announce(2)
    with pytest.raises(IntegrityError, match="drawn from the record of"), transaction.atomic():
        Draw.objects.create(
            sample=sample,
            tree_size=sample.entry + 3,
            root="0" * 64,
            members=[1, 2],
            digest="sha256:" + "0" * 64,
            drawn_at=timezone.now(),
        )


def test_the_announcement_is_public_before_the_draw_and_fixes_its_frame(desk):
    desk.ask_many(4)
    sample = desk.announce(2)
    (announced,) = published(sample)
    assert announced.document["draw"] is None
    assert digest_of(announced.document["plan"]) == sample.digest
    desk.ask_many(4)
    desk.draw(sample)
    drawn = published(sample).first()
    assert drawn.document["announcement"] == announced.document["announcement"]
    assert len(facts_of(sample)["plan"]["frame"]) == drawn.document["frame_size"] == 4


def test_what_is_published_names_no_request_and_nobody(desk):
    sample = desk.drawn()
    find(desk, sample)
    text = str(facts_of(sample))
    assert "request" not in text.replace("'requests'", "")
    for person in (desk.board, desk.supervisor, desk.office.officer):
        assert person.name not in text
    entries = set(Entry.objects.values_list("index", flat=True))
    assert {entry for entry, _weight in facts_of(sample)["plan"]["frame"]} < entries


def test_risk_weighs_what_the_data_say_and_the_weights_are_published(desk):
    plain, social = desk.ask(), desk.ask(source="social_media", capture_context=["protest"])
    sample = desk.announce(1, kind=Sample.Kind.RISK)
    weights = {request: weight for _entry, request, weight in sample.frame}
    assert weights == {plain.request_id: 1, social.request_id: 8}
    assert sample.plan["weights"]["social_media"] == 3


def test_a_period_without_requests_or_ahead_is_refused(desk):
    with pytest.raises(services.NotAllowedError, match="No request was sent"):
        desk.announce()
    today = timezone.localdate()
    for since, until, size in [
        (today, today, 3),
        (today, today + timedelta(days=2), 3),
        (today, today + timedelta(days=1), 0),
        (today, today + timedelta(days=1), 501),
    ]:
        with pytest.raises(services.NotAllowedError):
            services.announce_sample(
                person=desk.board, kind=Sample.Kind.RANDOM, since=since, until=until, size=size
            )


def test_only_the_board_announces(desk):
    desk.ask()
    desk.board = desk.auditor
    with pytest.raises(services.NotAllowedError, match="role board"):
        desk.announce(1)


# Findings


def test_a_violation_is_answered_and_closed(desk):
    sample = desk.drawn()
    finding = find(desk, sample)
    with pytest.raises(services.NotAllowedError, match="may still answer"):
        services.resolve_finding(
            person=desk.board, finding=finding, outcome=Resolution.Outcome.UPHELD
        )
    services.answer_finding(person=desk.supervisor, finding=finding, text="It was a mistake.")
    services.resolve_finding(
        person=desk.board, finding=finding, outcome=Resolution.Outcome.UPHELD, action="Training."
    )
    document = published(sample).first().document["findings"]
    assert (document["violation"], document["answered"], document["awaited"]) == (1, 1, {})
    assert document["outcomes"] == {"upheld": 1}
    with pytest.raises(services.NotAllowedError, match="closed already"):
        services.resolve_finding(
            person=desk.board, finding=finding, outcome=Resolution.Outcome.WITHDRAWN
        )


def test_an_answer_is_given_once_and_by_the_unit_concerned(desk):
    finding = find(desk, desk.drawn(), kind=Kind.QUESTION)
    with acting_as("owner"):
        elsewhere = Unit.objects.create(agency=desk.office.agency, name="Elsewhere")
        stranger = make("stranger", Role.SUPERVISOR, desk.office, elsewhere)
    with pytest.raises(services.NotAllowedError, match="unit concerned"):
        services.answer_finding(person=stranger, finding=finding, text="No.")
    services.answer_finding(person=desk.supervisor, finding=finding, text="Yes.")
    with pytest.raises(services.NotAllowedError, match="answered already"):
        services.answer_finding(person=desk.supervisor, finding=finding, text="No.")
    assert Answer.objects.get().text == "Yes."


def test_an_overdue_answer_is_told_to_the_board_and_to_everyone(desk):
    sample = desk.drawn()
    finding = find(desk, sample, days=1)
    later = timezone.localdate() + timedelta(days=2)
    assert list(selectors.overdue(on=later)) == [finding]
    assert published(sample).first().document["findings"]["awaited"] == {
        finding.answer_due.isoformat(): 1
    }


def test_compliant_and_violation_exclude_each_other(desk):
    sample = desk.drawn()
    find(desk, sample, kind=Kind.COMPLIANT)
    with pytest.raises(services.NotAllowedError, match="comply already"):
        find(desk, sample)
    find(desk, sample, place=2)
    with pytest.raises(services.NotAllowedError, match="a finding about this search already"):
        find(desk, sample, place=2, kind=Kind.COMPLIANT)


def test_rules_are_told_only_when_all_was_looked_at_and_small_counts_never(desk):
    sample = desk.drawn(size=8)
    for place in range(1, 7):
        find(desk, sample, place=place, safeguard="R14")
    assert published(sample).first().document["findings"]["by_rule"] is None
    find(desk, sample, place=7, safeguard="R04")
    find(desk, sample, place=8, safeguard="R04", kind=Kind.QUESTION)
    told = published(sample).first().document["findings"]["by_rule"]
    counts = [count for rule in told.values() for count in rule.values()]
    assert not [count for count in counts if count is not None and 0 < count < 5]


# Notices


def test_a_first_amendment_violation_owes_notice_within_a_day_and_mails_tell_nothing(desk):
    name_recipient(desk, "mayor")
    sample = desk.drawn()
    finding = find(desk, sample, safeguard="R06")
    owed = Notice.objects.get(office="mayor")
    assert owed.due_at - owed.owed_at == timedelta(hours=24)
    assert {each.office for each in Notice.objects.all()} == {
        "board",
        "mayor",
        "council_president",
        "inspector_general",
    }
    assert services.send_due_notices() == 1
    assert services.send_due_notices() == 0
    (letter,) = mail.outbox
    assert letter.to == ["clerk@example.org"]
    for word in (str(finding.pk), "R06", desk.supervisor.name, str(request_at(sample, 1).pk)):
        assert word not in letter.body.split() + letter.subject.split()
    assert "carries no details" in letter.body
    assert Dispatch.objects.get().notice == owed


def test_detroit_binds_detroit_only_and_the_strictest_clock_wins():
    now = timezone.now()
    there = {o.office: o for o in owed_for_violation(agency="dpd", safeguard="R06", at=now)}
    here = {o.office: o for o in owed_for_violation(agency="lapd", safeguard="R06", at=now)}
    assert "president_pro_tem" in there
    assert "president_pro_tem" not in here
    assert here["board"].due_at == now + timedelta(hours=24)
    other = {o.office: o for o in owed_for_violation(agency="lapd", safeguard="R14", at=now)}
    assert other["board"].due_at == now + timedelta(hours=72)


def test_what_the_mail_server_does_not_take_stays_owed(desk, monkeypatch):
    name_recipient(desk, "board")
    find(desk, desk.drawn())

    def broken(*_args, **_kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("oversight.council.board.services.noticing.send_mail", broken)
    assert services.send_due_notices() == 0
    assert not Dispatch.objects.exists()
    monkeypatch.undo()
    assert services.send_due_notices() == 1


def test_one_of_two_recipients_whom_the_mail_server_refused_is_told_later(desk, monkeypatch):
    first, second = name_recipient(desk, "board"), name_recipient(desk, "board", "two@example.org")
    find(desk, desk.drawn())

    def fussy(_subject, _body, _sender, to):
        if to == [second.address]:
            raise ConnectionRefusedError

    monkeypatch.setattr("oversight.council.board.services.noticing.send_mail", fussy)
    assert services.send_due_notices() == 1
    assert Dispatch.objects.get().recipient == first
    monkeypatch.undo()
    assert services.send_due_notices() == 1
    assert mail.outbox[-1].to == [second.address]
    name_recipient(desk, "board", "three@example.org")
    assert services.send_due_notices() == 0, "who was named later is not told of what is done"


# Recipients


def test_naming_a_recipient_takes_two_people_and_ending_one_too(desk):
    change = services.propose_recipient(
        person=desk.administrator, office="press", name="Desk", address="press@example.org"
    )
    assert selectors.recipients_now() == {}
    with pytest.raises(services.NotAllowedError, match="role board"):
        services.confirm_change(person=desk.supervisor, change=change)
    services.confirm_change(person=desk.board, change=change)
    assert selectors.recipients_now() == {"press": [change]}
    ending = services.propose_ending(person=desk.administrator, recipient=change)
    assert selectors.recipients_now() == {"press": [change]}
    services.confirm_change(person=desk.member, change=ending)
    assert selectors.recipients_now() == {}
    with pytest.raises(services.NotAllowedError, match="confirmed already"):
        services.confirm_change(person=desk.board, change=ending)


def test_only_an_administrator_proposes(desk):
    with pytest.raises(services.NotAllowedError, match="role administrator"):
        services.propose_recipient(
            person=desk.board, office="press", name="Desk", address="press@example.org"
        )


# The record


def test_every_fact_of_the_board_is_told_by_one_entry(desk):
    name_recipient(desk, "board")
    sample = desk.drawn()
    finding = find(desk, sample)
    services.send_due_notices()
    services.review_use()
    services.answer_finding(person=desk.supervisor, finding=finding, text="Yes.")
    services.resolve_finding(person=desk.board, finding=finding, outcome=Resolution.Outcome.SETTLED)
    called = services.call_meeting(
        person=desk.board, starts_at=timezone.now() + timedelta(days=9), place="City Hall"
    )
    today = timezone.localdate()
    services.freeze_pack(
        person=desk.board,
        meeting=called,
        since=today - timedelta(days=7),
        until=today + timedelta(days=1),
    )
    tables = [table for table in fact_tables() if table.model.startswith("board.")]
    assert len(tables) == 13
    assert [finding for table in tables for finding in findings_in(table)] == []
    assert Submission.objects.exists()
