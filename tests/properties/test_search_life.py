"""Whatever people, relays and workers do, and in whatever order: no search without its chain.

Every act is tried against a real database with real commits, each under the role of the
process that does it; what is not allowed must be refused and change nothing.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oversight.requests import services
from oversight.requests.models import SignOff, Submission
from oversight.requests.relay import relay_once
from oversight.requests.selectors import standing_now
from oversight.requests.state import EDITABLE, State
from recognition import gateway, searching
from tests import world
from tests.conftest import acting_as

ACTS = (
    "submit",
    "approve",
    "approve_own",
    "return",
    "refuse",
    "withdraw",
    "relay",
    "work",
    "work_unbidden",
    "edit",
)

CHAIN = """
    SELECT count(*) FROM recognition_run r
    LEFT JOIN recognition_opening o ON o.authorization_id = r.authorization_id
    LEFT JOIN requests_permission p ON p.authorization_id = r.authorization_id
    LEFT JOIN requests_signoff s ON s.id = p.sign_off_id AND s.verdict = 'approved'
    LEFT JOIN requests_submission b ON b.id = s.submission_id
    LEFT JOIN requests_searchrequest q ON q.id = b.request_id AND q.requester_id <> s.supervisor_id
    WHERE o.authorization_id IS NULL OR q.id IS NULL
       OR 3 <> (SELECT count(DISTINCT action) FROM requests_decision d
                WHERE d.submission_id = b.id AND d.effect = 'permit'
                AND d.action IN ('submit', 'approve', 'run'))
"""
ENTRIES = """
    SELECT (SELECT count(*) FROM {table}) - (SELECT count(*) FROM ledger_entry WHERE kind IN {kinds})
"""
FACTS = {
    "requests_submission": "(300)",
    "requests_decision": "(301)",
    "requests_signoff": "(302, 303, 304)",
    "requests_withdrawal": "(305)",
    "recognition_authorization": "(306)",
    "recognition_opening": "(400)",
    "recognition_run": "(401)",
    "recognition_failure": "(402)",
    "recognition_recall": "(403)",
}
REFUSED = (services.NotAllowedError, services.NotEditableError, services.StaleDraftError)


@pytest.fixture
def city(live_database, settings):
    settings.POLICY_PUBLISHED = True
    settings.RESEND_AFTER = timedelta(0)
    # No checkpointer runs here; that the worker demands a proof is tested with the gateway.
    settings.RECOGNITION_PROOF_VERIFIER = None
    return world.make_city()


def number(query: str) -> int:
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


class Life:
    """One request, and everything that can be done to it."""

    def __init__(self, city, probe):
        self.city = city
        with acting_as("web"):
            self.request = services.start_request(
                requester=city.officer,
                answers=world.lawful_answers(probe=str(probe), face_index=0),
            )

    def do(self, act: str) -> None:
        with suppress(*REFUSED):
            getattr(self, act)()

    def submit(self):
        with acting_as("web"):
            self.request.draft.refresh_from_db()
            services.submit_request(request=self.request, version=self.request.draft.version)

    def edit(self):
        with acting_as("web"):
            self.request.draft.refresh_from_db()
            services.save_answers(
                request=self.request,
                answers={"predicate_facts": "Seen again."},
                version=self.request.draft.version,
            )

    def approve(self, who=None, verdict=SignOff.Verdict.APPROVED, reasons=()):
        submission = Submission.objects.filter(request=self.request).order_by("-sequence").first()
        if submission is not None:
            with acting_as("web"):
                services.sign_off_submission(
                    submission=submission,
                    supervisor=who or self.city.supervisor,
                    verdict=verdict,
                    opened_at=timezone.now(),
                    reasons=reasons,
                )

    def approve_own(self):
        self.approve(self.city.officer)

    def refuse(self):
        self.approve(verdict=SignOff.Verdict.REFUSED, reasons=["purpose"])

    def withdraw(self):
        with acting_as("web"):
            services.withdraw_request(request=self.request)

    def relay(self):
        with acting_as("relay"):
            relay_once()

    def work(self):
        self.relay()
        self.work_unbidden()

    def work_unbidden(self):
        """A worker that tries without having been asked: a forged message."""
        permitted = Submission.objects.filter(request=self.request, permission__isnull=False)
        for authorization in permitted.values_list("permission__authorization", flat=True):
            with acting_as("worker"):
                searching.perform_search(authorization)

    def __getattr__(self, name):
        if name == "return":
            return lambda: self.approve(verdict=SignOff.Verdict.RETURNED, reasons=["facts"])
        raise AttributeError(name)


def check(life: Life) -> None:
    assert number(CHAIN) == 0, "a run without its whole chain"
    for table, kinds in FACTS.items():
        assert number(ENTRIES.format(table=table, kinds=kinds)) == 0, table
    with acting_as("web"):
        standing = standing_now(life.request)
        if standing.state in EDITABLE and standing.state != State.DRAFT:
            assert not Submission.objects.filter(
                request=life.request, permission__authorization__in=_run()
            ).exists()


def _run() -> list[object]:
    found = gateway.search_states(
        Submission.objects.filter(permission__isnull=False).values_list(
            "permission__authorization", flat=True
        )
    )
    return [key for key, state in found.items() if state.status == gateway.SearchStatus.RUN]


def test_no_order_of_acts_runs_a_search_without_its_chain(city):
    with acting_as("web"):
        probe = gateway.store_probe(data=world.photograph(), claimed_type="image/png")
    world.inspect(probe)

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.lists(st.sampled_from(ACTS), min_size=3, max_size=9))
    # Short cuts that chance alone would seldom try.
    @example(["submit", "approve", "work_unbidden"])
    @example(["submit", "approve", "withdraw", "work"])
    @example(["submit", "approve_own", "work"])
    @example(["submit", "return", "edit", "submit", "approve", "work"])
    def any_order(acts):
        life = Life(city, probe)
        for act in acts:
            life.do(act)
            check(life)

    any_order()
    # The story as it should go, so that the property cannot hold by nothing ever running.
    life = Life(city, probe)
    for act in ("submit", "approve", "work"):
        life.do(act)
    check(life)
    with acting_as("web"):
        assert standing_now(life.request).state == State.RUN
