"""What the database holds to by itself, whatever the web's own code says."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.utils import timezone

from oversight.leads import services
from oversight.leads.models import (
    Acknowledgement,
    Comparison,
    Conclusion,
    Examination,
    Judgement,
    Release,
    Result,
    Support,
    Viewing,
)
from oversight.leads.selectors import places_of
from oversight.leads.services.viewing import judge_view
from oversight.people.models import Role
from oversight.requests.models import Decision
from tests import world
from tests.conftest import acting_as
from tests.leads import scene as scenes

FACTS = [
    Comparison, Examination, Release, Viewing, Judgement, Conclusion, Result, Acknowledgement,
]  # fmt: skip


def insert(model, **fields):
    with transaction.atomic():
        return model.objects.create(**fields)


def examination_by(comparison, examiner):
    return insert(
        Examination, comparison=comparison, examiner=examiner, seed=1, started_at=timezone.now()
    )


def result_of(comparison, kind, candidate=None, rule="two_agree"):
    now = timezone.now()
    return insert(
        Result, comparison=comparison, kind=kind, rule=rule, candidate=candidate,
        reached_at=now, expires_at=now + timezone.timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def lead(scene, comparison):
    """A lead, its notice accepted and its photograph looked at: every table has a row."""
    handed_back = scenes.begin(comparison, scene.third)
    named = places_of(handed_back)[0].candidate
    services.release_examination(examination=handed_back, reason=Release.Reason.HANDED_BACK)
    scenes.examine(comparison, scene.first, named)
    result = scenes.examine(comparison, scene.second, named).result
    services.acknowledge_notice(result=result, officer=scene.city.officer)
    return result


@pytest.mark.parametrize("role", ["web", "owner"])
def test_no_fact_is_changed_or_removed(lead, role):
    for model in FACTS:
        table = connection.ops.quote_name(model._meta.db_table)
        key = connection.ops.quote_name(model._meta.pk.column)
        assert model.objects.exists(), f"{table} is empty: this test would prove nothing"
        for statement in (
            f"UPDATE {table} SET {key} = {key}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with (
                acting_as(role),
                pytest.raises((ProgrammingError, IntegrityError, InternalError)),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


@pytest.mark.parametrize("role", ["worker", "relay", "enroller", "public"])
def test_no_other_service_reads_them(lead, role):
    for model in FACTS:
        with (
            acting_as(role),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            model.objects.first()


def test_no_service_makes_a_comparison_out_of_nothing(scene):
    submission = scene.ask().submissions.get()
    with pytest.raises(ProgrammingError, match="permission denied"):
        insert(
            Comparison, run=uuid4(), authorization=uuid4(), submission=submission,
            candidate_count=1, run_at=timezone.now(),
        )  # fmt: skip


def test_nothing_is_examined_before_the_run(scene):
    request = scene.ask()
    with pytest.raises(DatabaseError):
        examination_by(Comparison(run=uuid4(), submission=request.submissions.get()), scene.first)


@pytest.mark.parametrize("who", ["officer", "supervisor"])
def test_nobody_examines_what_they_asked_for_or_signed_off(scene, comparison, who):
    with pytest.raises(IntegrityError, match="asked for or signed off"):
        examination_by(comparison, getattr(scene.city, who))


def test_a_third_examines_only_where_two_disagree(scene, comparison):
    one = examination_by(comparison, scene.first)
    examination_by(comparison, scene.second)
    with pytest.raises(IntegrityError, match="only where two disagree"):
        examination_by(comparison, scene.third)
    with pytest.raises(IntegrityError):
        examination_by(comparison, scene.first)
    insert(Release, examination=one, reason="lapsed", released_at=timezone.now())
    examination_by(comparison, scene.third)


def test_there_is_never_a_fourth(scene, comparison, candidates):
    with acting_as("owner"):
        fourth = world.make_person("fourth", Role.EXAMINER, scene.city.agency, scene.city.unit)
    one = Examination.objects.get()
    for candidate in candidates:
        scenes.judge(one, candidate, Support.STRONG_SAME)
    services.conclude_examination(examination=one, judgement=one.judgements.first())
    scenes.examine(comparison, scene.second, None)
    examination_by(comparison, scene.third)
    with pytest.raises(IntegrityError, match="At most three"):
        examination_by(comparison, fourth)


def test_nothing_is_examined_after_the_result(lead, scene, comparison):
    with acting_as("owner"):
        late = world.make_person("late", Role.EXAMINER, scene.city.agency, scene.city.unit)
    with pytest.raises(IntegrityError, match="nothing to examine"):
        examination_by(comparison, late)


def judgement_of(examination, candidate, support="strong_same"):
    return insert(
        Judgement, examination=examination, candidate=candidate, support=support,
        features={}, recorded_at=timezone.now(),
    )  # fmt: skip


def test_a_judgement_is_of_a_candidate_of_the_run_that_was_shown(scene, comparison, candidates):
    examination = Examination.objects.get()
    for candidate in (candidates[0], uuid4()):
        with pytest.raises(IntegrityError, match="were not shown"):
            judgement_of(examination, candidate)
    other = scenes.begin(scene.search(), scene.first)
    elsewhere = places_of(other)[0].candidate
    services.view_candidate(examination=other, candidate=elsewhere)
    with pytest.raises(IntegrityError, match="were not shown"):
        judgement_of(examination, elsewhere)


def test_nothing_is_shown_that_the_gate_did_not_permit_to_this_person(
    scene, comparison, candidates
):
    now = timezone.now()
    refused = Decision.objects.filter(action="submit").first()
    with transaction.atomic():
        for_another = judge_view(comparison=comparison, viewer=scene.second, at=now)
    for decision in (refused, for_another):
        with pytest.raises(IntegrityError, match="did not permit"):
            insert(
                Viewing, decision=decision, comparison=comparison, viewer=scene.first,
                candidate=candidates[0], viewed_at=now,
            )  # fmt: skip


def test_the_officer_sees_no_candidate_but_the_lead_and_not_before_the_notice(
    scene, comparison, candidates
):
    def look(candidate):
        with transaction.atomic():
            decision = judge_view(
                comparison=comparison, viewer=scene.city.officer, at=timezone.now()
            )
            Viewing.objects.create(
                decision=decision, comparison=comparison, viewer=scene.city.officer,
                candidate=candidate, viewed_at=decision.decided_at,
            )  # fmt: skip

    with pytest.raises(IntegrityError, match="not for this person"):
        look(None)
    services.release_examination(
        examination=Examination.objects.get(), reason=Release.Reason.HANDED_BACK
    )
    scenes.examine(comparison, scene.second, candidates[0])
    result = scenes.examine(comparison, scene.third, candidates[0]).result
    look(None)
    with pytest.raises(IntegrityError, match="not for this person"):
        look(candidates[0])
    services.acknowledge_notice(result=result, officer=scene.city.officer)
    look(candidates[0])
    with pytest.raises(IntegrityError, match="not for this person"):
        look(candidates[1])


def test_an_examination_is_not_closed_before_all_are_compared(scene, comparison, candidates):
    examination = Examination.objects.get()
    now = timezone.now()
    for candidate in candidates[:-1]:
        scenes.judge(examination, candidate, Support.STRONG_DIFFERENT)
    with pytest.raises(IntegrityError, match="Every candidate is compared"):
        insert(Conclusion, examination=examination, judgement=None, concluded_at=now)
    scenes.judge(examination, candidates[-1], Support.STRONG_DIFFERENT)
    with pytest.raises(IntegrityError, match="own comparison supports"):
        insert(
            Conclusion, examination=examination, judgement=examination.judgements.first(),
            concluded_at=now,
        )  # fmt: skip
    insert(Conclusion, examination=examination, judgement=None, concluded_at=now)
    for late in (
        lambda: judgement_of(examination, candidates[0]),
        lambda: insert(Release, examination=examination, reason="conflict", released_at=now),
        lambda: insert(Conclusion, examination=examination, judgement=None, concluded_at=now),
    ):
        with pytest.raises(IntegrityError):
            late()


def test_a_lead_needs_two_who_name_the_same(scene, comparison, candidates):
    services.release_examination(
        examination=Examination.objects.get(), reason=Release.Reason.HANDED_BACK
    )
    for kind, candidate in (
        ("lead", candidates[0]), ("no_lead", None), ("no_candidate", None), ("lead", None),
    ):  # fmt: skip
        with pytest.raises(IntegrityError):
            result_of(comparison, kind, candidate)
    scenes.examine(comparison, scene.second, candidates[0])
    for kind, candidate in (("lead", candidates[0]), ("no_lead", None)):
        with pytest.raises(IntegrityError):
            result_of(comparison, kind, candidate)
    scenes.examine(comparison, scene.third, candidates[1])
    for kind, candidate in (("lead", candidates[0]), ("no_lead", None), ("lead", uuid4())):
        with pytest.raises(IntegrityError):
            result_of(comparison, kind, candidate)


def test_a_search_without_candidates_has_no_lead(scene):
    empty = scene.search(nobody=True)
    for kind, candidate in (("lead", uuid4()), ("no_lead", None)):
        with pytest.raises(IntegrityError):
            result_of(empty, kind, candidate)
    with pytest.raises(IntegrityError, match="nothing to examine"):
        examination_by(empty, scene.first)


def test_only_the_officer_who_asked_accepts_the_notice(scene, comparison):
    named = places_of(scenes.begin(comparison, scene.first))[0].candidate
    services.release_examination(
        examination=Examination.objects.get(), reason=Release.Reason.CONFLICT
    )
    scenes.examine(comparison, scene.second, named)
    result = scenes.examine(comparison, scene.third, named).result
    with pytest.raises(IntegrityError, match="Only the officer"):
        insert(
            Acknowledgement, result=result, officer=scene.city.colleague, notice="x",
            acknowledged_at=timezone.now(),
        )  # fmt: skip
