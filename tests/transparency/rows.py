"""Requests, decisions and results as rows, inserted directly: what is tested here only counts."""

import random
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import connection

from oversight.leads.models import Comparison, Result
from oversight.people.models import Agency, Person, Unit
from oversight.requests.models import (
    Decision,
    Permission,
    SearchRequest,
    SignOff,
    Submission,
    Withdrawal,
)
from tests.conftest import acting_as

PACIFIC = ZoneInfo("America/Los_Angeles")
RULE = {
    "rule": "lapd-2021/officer-camera",
    "safeguard": "R14",
    "instrument": "lapd-2021",
    "citation": "LAPD, Photo Comparison Technology, 12 January 2021",
    "message": "Pictures from an officer's camera may not be searched.",
    "remedy": None,
}


def moment(text):
    """A moment in Los Angeles, such as 2026-03-04T23:30."""
    return datetime.fromisoformat(text).replace(tzinfo=PACIFIC)


class Office:
    """An agency with people, whose requests can be made to end in every way."""

    def __init__(self, slug="lapd"):
        with acting_as("owner"):
            self.agency = Agency.objects.create(slug=slug, name=slug.upper())
            self.unit = Unit.objects.create(agency=self.agency, name="Robbery")
            self.officer, self.supervisor = (
                Person.objects.create(
                    username=f"{slug}-{name}", name=name, agency=self.agency, unit=self.unit
                )
                for name in ("officer", "supervisor")
            )

    def send(self, at, purpose="criminal_investigation", *, nibrs="120", source="phone"):
        """A submission at a moment; the request itself is new."""
        request = SearchRequest.objects.create(
            agency=self.agency, unit=self.unit, requester=self.officer
        )
        return self.send_again(request, at, purpose, nibrs=nibrs, source=source)

    def send_again(self, request, at, purpose="criminal_investigation", **answers):
        return Submission.objects.create(
            request=request,
            sequence=request.submissions.count() + 1,
            answers={"purpose": purpose, **answers},
            probe=uuid4(),
            face_index=0,
            submitted_at=at,
        )

    def decide(self, submission, *reasons, action="submit"):
        return Decision.objects.create(
            submission=submission,
            action=action,
            effect="refuse" if reasons else "permit",
            facts={},
            document={"reasons": list(reasons)},
            policy_set="sha256:" + "0" * 64,
            facts_digest="sha256:" + "0" * 64,
            engine="tests",
            decided_at=submission.submitted_at,
        )

    def sign(self, submission, verdict):
        self.decide(submission)
        approval = self.decide(submission, action="approve") if verdict == "approved" else None
        return SignOff.objects.create(
            submission=submission,
            supervisor=self.supervisor,
            verdict=verdict,
            reasons=[] if approval else ["facts"],
            decision=approval,
            opened_at=submission.submitted_at,
            signed_at=submission.submitted_at,
        )

    def refuse(self, submission, *reasons):
        self.decide(submission, *(reasons or (RULE,)))

    def withdraw(self, submission):
        Withdrawal.objects.create(request=submission.request, withdrawn_at=submission.submitted_at)

    def run(self, submission, result=None, *, candidates=3, at=None):
        """A search that ran; ``result`` None leaves it with the examiners."""
        sign_off = self.sign(submission, "approved")
        at = at or submission.submitted_at + timedelta(minutes=20)
        with _without_chain():
            permission = Permission.objects.create(
                authorization=uuid4(),
                submission=submission,
                sign_off=sign_off,
                expires_at=at + timedelta(hours=1),
            )
            comparison = Comparison.objects.create(
                run=uuid4(),
                authorization=permission.authorization,
                submission=submission,
                candidate_count=0 if result == "no_candidate" else candidates,
                run_at=at,
            )
            if result:
                Result.objects.create(
                    comparison=comparison,
                    kind=result,
                    rule="nobody_returned" if result == "no_candidate" else "two_agree",
                    candidate=uuid4() if result == "lead" else None,
                    reached_at=at,
                    expires_at=at + timedelta(days=30),
                )


class _without_chain:  # noqa: N801  (reads as a clause)
    """Rows without the machine's: the database's own checks of the chain are tested elsewhere."""

    def __enter__(self):
        self._set(off=True)

    def __exit__(self, *_):
        self._set(off=False)

    def _set(self, *, off):
        with acting_as("owner"), connection.cursor() as cursor:
            for table in ("requests_permission", "leads_comparison", "leads_result"):
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(
                    "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                    [table],
                )
                for (name,) in cursor.fetchall():
                    state = "DISABLE" if off else "ENABLE ALWAYS"
                    cursor.execute(f'ALTER TABLE {table} {state} TRIGGER "{name}"')
            for privilege in ("GRANT INSERT ON {} TO", "REVOKE INSERT ON {} FROM"):
                if off == privilege.startswith("GRANT"):
                    cursor.execute(privilege.format("leads_comparison") + " oversight_web")


PURPOSES = ("criminal_investigation", "missing_or_endangered", "identity_fraud")


def earlier_lines(count, *, seed=1, year=2025, agencies=("lapd", "glendale-pd")):
    """Searches from before adoption, invented, with gaps; what is true of them is in them."""
    dice = random.Random(seed)
    lines = []
    for index in range(count):
        at = datetime(year, 1, 1, tzinfo=PACIFIC) + timedelta(minutes=dice.randrange(525_600))
        refused = dice.random() < 0.2
        ran = not refused and dice.random() < 0.9
        candidates = dice.choice([0, 3, 9, None]) if ran else None
        lead = None if not ran or candidates is None else bool(candidates) and dice.random() < 0.3
        lines.append(
            {
                "id": f"s-{index}",
                "requested_at": at.isoformat(),
                "agency": dice.choice(agencies),
                "unit": None,
                "purpose": dice.choice([*PURPOSES, None]),
                "nibrs": dice.choice(["120", "13A", "23C", None]),
                "probe_source": dice.choice(["phone", "fixed_cctv_private", None]),
                "subject": dice.choice(
                    [
                        None,
                        {"race": "B", "sex": "M", "age_band": "18-25"},
                        {"race": "W", "sex": "F", "age_band": None},
                    ]
                ),
                "decision": "refuse" if refused else "permit",
                "rules": ["case-number"] if refused else [],
                "signed_off_at": None,
                "run_at": (at + timedelta(hours=30)).isoformat() if ran else None,
                "candidates": candidates,
                "lead": lead,
                "outcome": None,
            }
        )
    return lines
