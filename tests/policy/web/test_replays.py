"""The board's replays: past requests decided again, through the page, the task and the command."""

import json
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from oversight.ledger.models import Entry
from oversight.policy import histories, services
from oversight.policy.histories import Submission, Verdict, history, register_history
from oversight.policy.models import ReplayResult, ReplayRun
from oversight.policy.services import replaying
from oversight.requests.replayed import past_submissions
from oversight.site.database.address import address_of
from oversight.site.database.bootstrap import database_address
from tests.interface.markup import Page, faults
from tests.policy.web.scene import adopted, browser_of, day_parts, lawful, pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(monkeypatch):
    """A history of three requests, one of whose facts cannot be used."""
    permitted = Verdict("permit")
    rows = [
        Submission("1", lawful("drone"), "Robbery", permitted),
        Submission("2", lawful("phone"), "Robbery", permitted),
        Submission("3", {**lawful(), "purpose": "nonsense"}, "Homicide", permitted),
    ]
    monkeypatch.setattr(histories, "_sources", [])
    register_history(lambda _since, _until: iter(rows))
    return rows


def asked(house, **answers):
    today = timezone.localdate()
    return browser_of(house.board).post(
        reverse("policy:replays"),
        {
            **day_parts("since", today - timedelta(days=30)),
            **day_parts("until", today),
            "law": "proposal" if "proposal" in answers else "standing",
            **answers,
        },
    )


def proposed(house):
    tomorrow = timezone.localdate() + timedelta(days=1)
    return services.propose_instrument(text=pack(day=tomorrow), proposer=house.administrator)


def test_a_replay_under_a_proposal_through_the_page(house, past):
    one, board = proposed(house), browser_of(house.board)
    assert faults(Page(board.get(reverse("policy:replays")).content.decode())) == []
    answer = asked(house, proposal=one.pk)
    assert answer.status_code == 302, answer.context["form"].errors
    waiting = board.get(answer.url)
    assert faults(Page(waiting.content.decode())) == []
    assert "Deciding again: 0 so far" in waiting.content.decode()

    assert services.run_waiting_replays() == 1
    page = board.get(answer.url)
    assert faults(Page(page.content.decode())) == []
    found = page.context["found"]
    assert (found.decided, found.unusable, found.refused_before, found.refused_after) == (
        2,
        1,
        0,
        1,
    )
    assert found.changes == [("Refused from then on", 1)]
    (difference,) = found.differences
    assert difference.id == "1"
    assert [rule for rule, _ in difference.after] == ["drones-2026/no-drones"]
    text = Page(page.content.decode()).one("main").text
    assert "Robbery" in text
    titles = [group.title for group in found.groups]
    assert titles == ["By use type", "By offense", "By unit"]
    assert found.groups[0].rows == [
        (
            "Investigate a crime",
            [
                ("Refused from then on", 1),
                ("No longer refused", 0),
                ("Refused for other reasons", 0),
            ],
        )
    ]
    assert "nonsense" in text
    part = board.get(answer.url, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Result of" not in board.get(reverse("policy:replays")).content.decode()


def test_it_is_run_once_and_recorded(house, past):
    asked(house)
    assert Entry.objects.filter(kind=205).count() == 1
    assert services.run_waiting_replays() == 1
    assert services.run_waiting_replays() == 0
    assert ReplayResult.objects.count() == 1


def test_a_replay_that_another_process_runs_is_left_to_it(house, past, live_lock):
    asked(house)
    with live_lock(ReplayRun.objects.get().pk):
        assert services.run_waiting_replays() == 0
    assert services.run_waiting_replays() == 1


@pytest.fixture
def live_lock():
    """Hold a replay's lock from another connection, as another clerk would."""

    @contextmanager
    def hold(number):
        address = database_address(address_of("web"), connection.settings_dict["NAME"])
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("SELECT pg_advisory_lock(%s, %s)", [replaying._LOCKS, number])
            yield

    return hold


def test_under_a_sunset_and_under_what_replaces_another(house, past):
    day = timezone.localdate() + timedelta(days=1)
    end = services.propose_sunset(slug="lapd-2021", ends_on=day, proposer=house.administrator)
    instead = services.propose_instrument(
        text=pack(day=day), proposer=house.administrator, replaces="lapd-2021"
    )
    past[0] = Submission("1", lawful("body_worn"), "Robbery", Verdict("permit"))
    past[1] = Submission("2", lawful("drone"), "Robbery", Verdict("permit"))
    changes = {}
    for one in (end, instead):
        answer = asked(house, proposal=one.pk)
        services.run_waiting_replays()
        found = browser_of(house.board).get(answer.url).context["found"]
        changes[one] = [(each.id, each.before, each.after) for each in found.differences]
    camera = ("1", "lapd-2021/officer-camera", [])
    assert changes[end] == [camera]
    drones = ("drones-2026/no-drones", reverse("policy:rule", args=["drones-2026", "no-drones"]))
    assert changes[instead] == [camera, ("2", "not refused", [drones])]


def test_under_the_rules_as_they_were_known_then(house, past):
    """What was suspended, and adopted later, counts for the requests of its own time only."""
    before = timezone.now()
    services.suspend_use(person=house.board, reason="Audit")
    halt = services.lift_suspension(person=house.board, reason="Done").suspension
    adopted(house)
    halted = Verdict("refuse", (f"board/suspension-{halt.pk}",))
    drones = Verdict("refuse", ("drones-2026/no-drones",))
    at = {"drone": timezone.now(), "phone": halt.suspended_at, "social_media": before}
    past[:] = [
        Submission(source, {**lawful(source), "at": moment.isoformat()}, None, verdict)
        for (source, moment), verdict in zip(
            at.items(), (drones, halted, Verdict("permit")), strict=True
        )
    ]
    past.append(Submission("drone, before", {**lawful("drone"), "at": before.isoformat()}, None,
                           Verdict("permit")))  # fmt: skip
    answer = asked(house, law="known")
    services.run_waiting_replays()
    page = browser_of(house.board).get(answer.url)
    assert faults(Page(page.content.decode())) == []
    found = page.context["found"]
    assert (found.decided, found.differences) == (4, [])
    assert "Every decision comes out as it was made" in page.content.decode()
    services.run_waiting_replays()
    asked(house)
    services.run_waiting_replays()
    again = ReplayRun.objects.latest("pk").result.document
    assert [one["id"] for one in again["differences"]] == ["phone", "drone, before"]


class BrokenError(Exception):
    """Nobody expects it."""


def test_an_unexpected_error_ends_a_replay_and_tells_the_board(house, monkeypatch):
    def broken(_since, _until):
        yield Submission("1", lawful("phone"), None, None)
        raise BrokenError("Jane Roe, 26-0001")

    monkeypatch.setattr(histories, "_sources", [broken])
    answer = asked(house)
    assert services.run_waiting_replays() == 1
    assert services.run_waiting_replays() == 0
    page = browser_of(house.board).get(answer.url).content.decode()
    assert faults(Page(page)) == []
    assert "unexpected error (BrokenError)" in page
    assert "Jane Roe" not in page
    assert "Failed" in browser_of(house.board).get(reverse("policy:replays")).content.decode()


def test_a_replay_that_kills_its_process_is_not_tried_for_ever(house, monkeypatch):
    def killed(_since, _until):
        raise KeyboardInterrupt

    monkeypatch.setattr(histories, "_sources", [killed])
    answer = asked(house)
    for _ in range(replaying.ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            services.run_waiting_replays()
    assert services.run_waiting_replays() == 1
    assert "cut short 3 times" in browser_of(house.board).get(answer.url).content.decode()


def test_without_a_source_it_says_so(house, monkeypatch):
    monkeypatch.setattr(histories, "_sources", [])
    answer = asked(house)
    services.run_waiting_replays()
    page = browser_of(house.board).get(answer.url)
    assert faults(Page(page.content.decode())) == []
    assert "No source of past submissions is registered" in page.content.decode()


def test_only_some_differences_are_kept_and_all_are_counted(house, monkeypatch):
    monkeypatch.setattr(replaying, "SHOWN", 5)
    monkeypatch.setattr(replaying, "_CHUNK", 4)
    monkeypatch.setattr(histories, "_sources", [])
    facts = lawful("body_worn")
    rows = [Submission(str(n), facts, None, Verdict("permit")) for n in range(23)]
    register_history(lambda _since, _until: iter(rows))
    answer = asked(house)
    services.run_waiting_replays()
    run = ReplayRun.objects.get()
    assert run.progress.done == 23
    found = browser_of(house.board).get(answer.url).context["found"]
    assert found.changes == [("Refused from then on", 23)]
    assert (len(found.differences), found.more) == (5, 18)


@pytest.mark.parametrize(
    "answers",
    [
        {"since_year": "2999"},
        {"until_year": "2999"},
        {"proposal": "999999"},
        {"proposal": "1; DROP TABLE policy_replayrun"},
        {"since_month": "13"},
        {"law": "proposal"},
        {"law": "whatever"},
    ],
)
def test_days_and_proposals_that_do_not_exist_are_asked_for_again(house, past, answers):
    answer = asked(house, **answers)
    assert answer.status_code == 422
    assert faults(Page(answer.content.decode())) == []
    assert not ReplayRun.objects.exists()


def test_results_are_final(house, past):
    asked(house)
    services.run_waiting_replays()
    for table in ("policy_replayrun", "policy_replayresult"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


def test_the_requests_room_is_the_source():
    assert histories._sources == [past_submissions]


def test_the_command_reads_the_same_source(house, past, as_role):
    out = StringIO()
    today = timezone.localdate().isoformat()
    call_command(
        "replay", "--from", "2026-01-01", "--to", today, "--json", "--processes=1", stdout=out
    )
    totals = json.loads(out.getvalue())["totals"]
    assert (totals["decided"], totals["unusable"]) == (2, 1)
    assert list(history(timezone.localdate(), timezone.localdate())) == past
