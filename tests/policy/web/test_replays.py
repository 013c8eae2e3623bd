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
from tests.policy.web.scene import browser_of, day_parts, lawful, pack

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
        {**day_parts("since", today - timedelta(days=30)), **day_parts("until", today), **answers},
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
