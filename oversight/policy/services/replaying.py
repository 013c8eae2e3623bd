"""Replays: the board asks, the clerk's periodic task runs what has no result yet."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any, Final

import structlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from oversight.ledger.services import append_entry
from oversight.policy import events
from oversight.policy.engine.packs import PackError
from oversight.policy.engine.replay import Replay
from oversight.policy.engine.replayer import Judge
from oversight.policy.gate import law_to_replay
from oversight.policy.histories import NoHistoryError, Submission, history
from oversight.policy.models import Proposal, ReplayProgress, ReplayResult, ReplayRun
from oversight.policy.selectors import act_of
from oversight.policy.services.errors import held_to_the_rules

_log = structlog.get_logger(__name__)

SHOWN: Final = 200
"""Differences that are kept with the result; all are counted. The command lists every one."""

ATTEMPTS: Final = 3
"""How often a replay is begun: one that its process did not survive is not tried for ever."""
_CHUNK: Final = 1_000
_LOCKS: Final = 0x0D0D


def ask_replay(
    *,
    person: AbstractBaseUser,
    since: date,
    until: date,
    proposal: Proposal | None = None,
    as_known: bool = False,
) -> ReplayRun:
    """Ask that history be decided again; ``until`` is the first day left out.

    Without a proposal it is decided under the law as it stands, or with ``as_known`` under what was
    adopted, and suspended, when each request was decided.

    Raises:
        NotAllowedError: the days are in the wrong order, or a proposal was never known.
    """
    now = timezone.localtime()
    with held_to_the_rules(), transaction.atomic():
        run = ReplayRun.objects.create(
            since=since,
            until=until,
            proposal=proposal,
            as_known=as_known,
            asked_by_id=person.pk,
            asked_at=now,
        )
        ReplayProgress.objects.create(run=run)
        append_entry(
            event=events.REPLAY_ASKED,
            public={
                "day": now.date().isoformat(),
                "document": proposal.digest if proposal else None,
            },
            committed={
                "run": run.pk,
                "person": person.pk,
                "since": since.isoformat(),
                "until": until.isoformat(),
                "at": now.isoformat(),
            },
        )
    return run


def run_waiting_replays() -> int:
    """Run every replay that has no result and that no other process runs; gives how many."""
    waiting = ReplayRun.objects.filter(result__isnull=True).order_by("id")
    return sum(_run_once(run) for run in waiting.select_related("proposal"))


def _run_once(run: ReplayRun) -> bool:
    with _alone(run.pk) as ours:
        if not ours or ReplayResult.objects.filter(run=run).exists():
            return False
        document, failure = _attempt(run)
        ReplayResult.objects.create(
            run=run, document=document, failure=failure, finished_at=timezone.now()
        )
    return True


def _attempt(run: ReplayRun) -> tuple[dict[str, Any] | None, str]:
    """The result, or why there is none; only a lost database leaves the replay waiting."""
    begun = ReplayProgress.objects.filter(run=run)
    begun.update(done=0, attempts=F("attempts") + 1, updated_at=timezone.now())
    if begun.get().attempts > ATTEMPTS:
        return None, f"It was cut short {ATTEMPTS} times and is not tried again."
    try:
        return _decided_again(run).as_json(), ""
    except (PackError, NoHistoryError) as error:
        return None, str(error)
    except Exception as error:
        _log.exception("replay stopped", run=run.pk)
        if not connection.is_usable():
            raise
        kind = type(error).__name__
        return None, f"It stopped on an unexpected error ({kind}). Tell the administrator."


def _decided_again(run: ReplayRun) -> Replay:
    law = law_to_replay(as_known=run.as_known)
    trial = act_of(run.proposal, law.libraries[-1]).trial if run.proposal else None
    judge = Judge(law, trial)
    result, done = Replay(), 0
    for chunk in _chunks(history(run.since, run.until)):
        for outcome in judge.decide_all(chunk):
            result.add(outcome)
        done += len(chunk)
        del result.differences[SHOWN:], result.errors[SHOWN:]
        ReplayProgress.objects.filter(run=run).update(done=done, updated_at=timezone.now())
    return result


def _chunks(submissions: Iterable[Submission]) -> Iterator[list[Submission]]:
    iterator = iter(submissions)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


@contextmanager
def _alone(number: int) -> Iterator[bool]:
    """Whether no other process has this replay; the lock goes with the connection if we die."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, number])
        ours = bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, number])
