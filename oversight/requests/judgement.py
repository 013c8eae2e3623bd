"""Asking the gate, and keeping its answer: a decision is a row and an entry, together."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785

from oversight.ledger.services import append_entry
from oversight.people.models import Agency, Person
from oversight.policy.gate import decide_request
from oversight.requests import events
from oversight.requests.duties import keep_duties
from oversight.requests.facts import Asking, facts_of
from oversight.requests.models import Decision, SignOff, Submission
from recognition.gateway import inspection


def judge_submission(
    *,
    submission: Submission,
    action: Decision.Action,
    at: datetime,
    approvals: tuple[SignOff, ...] = (),
    viewer: Person | None = None,
) -> Decision:
    """Let the gate decide ``action`` on a submission, by the rules in force at ``at``.

    ``viewer`` is who wants to see candidates or a result, where that is not the requester: the
    rules on people (training, suspension) are then about them.

    Inserts the decision with its facts and appends it to the record; call it inside a
    transaction.

    Raises:
        FactsError: a fact is missing or unusable: nothing was decided, so nothing may happen.
    """
    facts = facts_of(
        Asking(viewer or submission.request.requester, str(action), at, approvals),
        submission.answers,
        inspection(submission.probe),
    )
    return keep_decision(submission=submission, action=action, facts=facts, at=at)


def keep_decision(
    *, submission: Submission, action: Decision.Action, facts: dict[str, Any], at: datetime
) -> Decision:
    """Decide on ``facts`` and insert what was decided, with the reports that are owed for it."""
    document = decide_request(facts).as_json()
    decision = Decision.objects.create(
        submission=submission,
        action=action,
        effect=document["effect"],
        facts=facts,
        document=document,
        policy_set=document["policy_set"],
        facts_digest=document["facts"],
        engine=document["engine"],
        decided_at=at,
    )
    keep_duties(decision)
    append_entry(
        event=events.DECIDED,
        public={
            "agency": submission.request.agency_id,
            "day": day_of(at, submission),
            "use_type": facts.get("purpose"),
            "effect": document["effect"],
            "rules": sorted({reason["rule"] for reason in document["reasons"]}),
            "policy_set": document["policy_set"],
        },
        committed={
            "decision": decision.pk,
            "submission": submission.pk,
            "action": str(action),
            "facts": document["facts"],
            "document": digest_of(document),
            "at": at.isoformat(),
        },
    )
    return decision


def canonical(document: Mapping[str, Any]) -> str:
    """Return a document as canonical JSON (RFC 8785): equal documents, equal text."""
    return rfc8785.dumps(dict(document)).decode()


def digest_of(document: Mapping[str, Any]) -> str:
    """Return ``sha256:`` and the digest of a document in its canonical form."""
    return digest_of_text(canonical(document))


def digest_of_text(text: str) -> str:
    """Return ``sha256:`` and the digest of a text in UTF-8."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def day_of(moment: datetime, submission: Submission) -> str:
    """Return the day of ``moment`` where the submission's agency is, as the record states it."""
    return local_day(moment, submission.request.agency)


def local_day(moment: datetime, agency: Agency) -> str:
    """Return the day of ``moment`` in the agency's time zone, such as 2026-01-31."""
    return moment.astimezone(ZoneInfo(agency.time_zone)).date().isoformat()
