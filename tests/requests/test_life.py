"""From draft to authorization through the services: each act with its row, entry and refusal."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse

from oversight.requests import services
from oversight.requests.models import Decision, Permission, SignOff
from oversight.requests.selectors import standing_now, waiting_for
from oversight.requests.services import signing
from oversight.requests.state import State
from recognition import gateway
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(city):
    request = world.draft_with_image(city.officer)
    submission, decision = services.submit_request(request=request, version=request.draft.version)
    assert decision.effect == Decision.Effect.PERMIT, decision.document["reasons"]
    return submission


def sign(submission, supervisor, verdict=SignOff.Verdict.APPROVED, **more):
    return services.sign_off_submission(
        submission=submission,
        supervisor=supervisor,
        verdict=verdict,
        opened_at=submission.submitted_at,
        **more,
    )


def test_a_lawful_request_waits_for_the_units_supervisor(city, submitted):
    assert standing_now(submitted.request).state == State.WAITING
    assert list(waiting_for(city.supervisor)) == [submitted]
    assert not waiting_for(city.colleague).filter(request__requester=city.colleague)


def test_a_body_worn_still_is_refused_with_rule_citation_and_remedy(city):
    request = world.draft_with_image(city.officer, source="body_worn")
    _submission, decision = services.submit_request(request=request, version=2)
    assert standing_now(request).state == State.REFUSED_BY_GATE
    (reason,) = decision.document["reasons"]
    assert reason["safeguard"] == "R14"
    assert reason["citation"]
    assert reason["remedy"]


def test_approval_authorizes_exactly_one_search(city, submitted):
    sign_off, decision = sign(submitted, city.supervisor)
    assert decision.effect == Decision.Effect.PERMIT
    assert Permission.objects.get().sign_off == sign_off
    assert standing_now(submitted.request).state == State.AUTHORIZED
    with pytest.raises(services.NotAllowedError):
        sign(submitted, city.supervisor)
    assert Permission.objects.count() == 1


def test_nobody_signs_off_their_own_request(city, submitted):
    with pytest.raises(services.NotAllowedError, match="own"):
        sign(submitted, city.officer)


def test_the_database_refuses_a_self_approval_too(city, submitted):
    decision = submitted.decisions.get()
    with pytest.raises(IntegrityError, match="own request"), transaction.atomic():
        SignOff.objects.create(
            submission=submitted,
            supervisor=city.officer,
            verdict="approved",
            decision=decision,
            opened_at=submitted.submitted_at,
            signed_at=submitted.submitted_at,
        )


def test_a_returned_request_comes_back_with_a_new_version(city, submitted):
    sign(submitted, city.supervisor, SignOff.Verdict.RETURNED, reasons=["facts"])
    request = submitted.request
    assert standing_now(request).state == State.RETURNED
    request.draft.refresh_from_db()
    services.save_answers(
        request=request, answers={"predicate_facts": "More."}, version=request.draft.version
    )
    request.draft.refresh_from_db()
    again, _decision = services.submit_request(request=request, version=request.draft.version)
    assert again.sequence == 2
    assert list(waiting_for(city.supervisor)) == [again]
    with pytest.raises(services.NotAllowedError):
        sign(submitted, city.supervisor)


def test_a_second_submit_of_the_same_draft_changes_nothing(city, submitted):
    with pytest.raises(services.NotEditableError):
        services.submit_request(request=submitted.request, version=submitted.request.draft.version)
    assert submitted.request.submissions.count() == 1


def test_a_stale_draft_is_not_saved(city):
    request = services.start_request(requester=city.officer)
    services.save_answers(request=request, answers={"case_number": "1"}, version=0)
    with pytest.raises(services.StaleDraftError):
        services.save_answers(request=request, answers={"case_number": "2"}, version=0)
    request.draft.refresh_from_db()
    assert request.draft.answers == {"case_number": "1"}


def test_a_withdrawn_request_leaves_the_queue_and_takes_its_authorization_back(city, submitted):
    sign(submitted, city.supervisor)
    services.withdraw_request(request=submitted.request)
    assert standing_now(submitted.request).state == State.WITHDRAWN
    with pytest.raises(services.NotEditableError):
        services.withdraw_request(request=submitted.request)


def test_lapsed_training_refuses_the_approval_and_leaves_the_request_open(city, submitted):
    world.lapse_training(city.officer)
    sign_off, decision = sign(submitted, city.supervisor)
    assert sign_off is None
    assert "R25" in {reason["safeguard"] for reason in decision.document["reasons"]}
    assert standing_now(submitted.request).state == State.WAITING
    assert not Permission.objects.exists()


@pytest.mark.parametrize(
    "table",
    ["searchrequest", "submission", "decision", "signoff", "withdrawal", "permission"],
)
@pytest.mark.parametrize("role", ["owner", "web"])
def test_facts_are_final_for_everyone(city, submitted, as_role, table, role):
    for attempt in (f"UPDATE requests_{table} SET id = id", f"DELETE FROM requests_{table}"):
        column = "submission_id" if table == "permission" else "id"
        statement = attempt.replace("id = id", f"{column} = {column}")
        with (
            pytest.raises(DatabaseError, match=r"never changed|permission denied"),
            as_role(role),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_an_authorization_without_a_permission_does_not_commit(city, submitted):
    with transaction.atomic():
        gateway.authorize_search(
            probe_id=submitted.probe,
            face_index=0,
            gallery="lacris-dms",
            model=gateway.active_model().slug,
            candidate_limit=10,
            expires_at=submitted.submitted_at.replace(year=2099),
            ledger_index=0,
        )
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="No permission"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_every_act_left_its_entry(city, submitted, as_role):
    sign(submitted, city.supervisor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind FROM ledger_entry WHERE kind BETWEEN 300 AND 399 ORDER BY index"
        )
        assert [kind for (kind,) in cursor.fetchall()] == [300, 301, 301, 302, 306]


def test_a_fact_that_cannot_be_used_stops_the_sending_and_names_the_field(city, client):
    request = world.draft_with_image(city.officer, source="a code nobody knows")
    client.force_login(city.officer)
    answer = client.post(
        reverse("requests:check", args=[request.key]), {"version": request.draft.version}
    )
    assert answer.status_code == 422
    assert "is not a known probe source" in answer.content.decode()
    assert not request.submissions.exists()


def test_what_the_rules_require_beyond_our_means_is_not_authorized(city, submitted, monkeypatch):
    monkeypatch.setattr(signing, "REQUIREMENTS_MET", frozenset({"two_examiners"}))
    with pytest.raises(services.NotAllowedError, match="supervisor_sign_off"):
        sign(submitted, city.supervisor)
    assert not Permission.objects.exists()
