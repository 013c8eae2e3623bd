"""From a run to a result through the services: each act with its row, entry and refusal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from oversight.leads import services
from oversight.leads.models import Comparison, Examination, Release, Result, Support, Viewing
from oversight.leads.selectors import comparison_for, own_record, places_of, waiting_for
from oversight.ledger.models import Entry
from oversight.people import services as people
from oversight.people.models import Agency, Person, Role
from oversight.requests.models import Decision
from oversight.requests.stages import stages_of
from tests import world
from tests.conftest import acting_as
from tests.leads import scene as scenes


def also_examiner(person):
    with acting_as("owner"):
        people.grant_role(
            person=person, role=Role.EXAMINER, held_from=timezone.localdate() - timedelta(days=2)
        )


def kinds_of_entries():
    return [bytes(entry.entry).decode() for entry in Entry.objects.order_by("index")]


def entries(slug):
    return sum(f'"event":"{slug}"' in entry for entry in kinds_of_entries())


def test_two_who_name_the_same_candidate_make_a_lead(scene, comparison):
    first = scenes.begin(comparison, scene.first)
    named = places_of(first)[0].candidate
    for place in places_of(first):
        scenes.judge(first, place.candidate, Support.LIMITED_SAME)
    closing = services.conclude_examination(
        examination=first, judgement=first.judgements.get(candidate=named)
    )
    assert closing.result is None
    result = scenes.examine(comparison, scene.second, named).result
    assert (result.kind, result.rule, result.candidate) == ("lead", "two_agree", named)
    assert waiting_for(scene.third) == []


def test_two_who_name_nobody_make_no_lead(scene, comparison):
    scenes.examine(comparison, scene.first, None)
    result = scenes.examine(comparison, scene.second, None).result
    assert (result.kind, result.candidate) == ("no_lead", None)


def test_where_two_differ_a_third_decides_and_is_not_told(scene, comparison, candidates):
    examination = Examination.objects.get()
    services.release_examination(examination=examination, reason=Release.Reason.HANDED_BACK)
    fourth = make_examiner(scene, "examiner4")
    scenes.examine(comparison, scene.second, candidates[0])
    assert [each.run for each in waiting_for(fourth)] == [comparison.run]
    assert scenes.examine(comparison, scene.third, None).result is None
    assert [each.run for each in waiting_for(fourth)] == [comparison.run]
    result = scenes.examine(comparison, fourth, candidates[0]).result
    assert (result.kind, result.rule, result.candidate) == ("lead", "two_of_three", candidates[0])


def test_three_who_all_differ_make_no_lead(scene, comparison, candidates):
    examination = Examination.objects.get()
    for candidate in candidates:
        scenes.judge(examination, candidate, Support.STRONG_SAME)
    judgement = examination.judgements.get(candidate=candidates[0])
    services.conclude_examination(examination=examination, judgement=judgement)
    scenes.examine(comparison, scene.second, candidates[1])
    result = scenes.examine(comparison, scene.third, candidates[2]).result
    assert (result.kind, result.rule) == ("no_lead", "no_agreement")


def test_the_order_is_each_examiners_own_and_stays(scene, comparison):
    one, other = scenes.begin(comparison, scene.first), scenes.begin(comparison, scene.second)
    order = [place.candidate for place in places_of(one)]
    assert order == [place.candidate for place in places_of(one)]
    assert set(order) == {place.candidate for place in places_of(other)}
    seeds = set()
    for seed in range(40):
        one.seed = seed
        seeds.add(tuple(place.candidate for place in places_of(one)))
    assert len(seeds) == 6


def test_nobody_examines_what_they_asked_for_or_signed_off(scene, comparison):
    for person in (scene.city.officer, scene.city.supervisor):
        also_examiner(person)
        assert waiting_for(person) == []
        with pytest.raises(services.NotAllowedError):
            services.start_examination(comparison=comparison, examiner=person)


def make_examiner(scene, name, agency=None):
    with acting_as("owner"):
        return world.make_person(
            name,
            Role.EXAMINER,
            agency or scene.city.agency,
            scene.city.unit if not agency else None,
        )


def test_nobody_examines_for_another_agency(scene, comparison):
    stranger = make_examiner(scene, "stranger", Agency.objects.get(slug="glendale-pd"))
    assert waiting_for(stranger) == []
    with pytest.raises(services.NotAllowedError):
        services.start_examination(comparison=comparison, examiner=stranger)


def test_lapsed_training_starts_nothing_and_says_why(scene, comparison):
    world.lapse_training(scene.first)
    examination, decision = services.start_examination(comparison=comparison, examiner=scene.first)
    assert examination is None
    assert {reason["safeguard"] for reason in decision.document["reasons"]} == {"R25"}
    assert decision.facts["requester"]["id"] == str(scene.first.pk)
    assert all(reason["citation"] and reason["remedy"] for reason in decision.document["reasons"])
    assert Decision.objects.filter(action="view", effect="refuse").count() == 1
    assert not Examination.objects.exists()


def test_training_that_lapses_during_the_work_ends_it(scene, comparison, candidates):
    examination = Examination.objects.get()
    for candidate in candidates:
        scenes.judge(examination, candidate, Support.STRONG_DIFFERENT)
    world.lapse_training(scene.first)
    again = services.view_candidate(examination=examination, candidate=candidates[0])
    assert again.effect == "refuse"
    closing = services.conclude_examination(examination=examination, judgement=None)
    assert closing.conclusion is None
    assert closing.decision.effect == "refuse"


def test_a_suspended_examiner_sees_nothing(scene, comparison, candidates):
    with acting_as("owner"):
        Person.objects.filter(pk=scene.first.pk).update(suspended=True)
    examination = Examination.objects.select_related("examiner").get()
    decision = services.view_candidate(examination=examination, candidate=candidates[0])
    assert decision.effect == "refuse"
    assert not Viewing.objects.exists()


def test_every_look_is_a_decision_a_row_and_an_entry(scene, comparison, candidates):
    examination = Examination.objects.get()
    for _look in range(2):
        services.view_candidate(examination=examination, candidate=candidates[0])
    assert Viewing.objects.filter(candidate=candidates[0], decision__effect="permit").count() == 2
    assert entries("candidate-viewed") == 2


def test_all_are_compared_before_it_is_closed(scene, comparison, candidates):
    examination = Examination.objects.get()
    for candidate in candidates[:-1]:
        scenes.judge(examination, candidate, Support.STRONG_DIFFERENT)
    with pytest.raises(services.NotComparedError):
        services.conclude_examination(examination=examination, judgement=None)


def test_only_a_supported_candidate_of_the_own_examination_is_named(scene, comparison, candidates):
    examination = Examination.objects.get()
    for candidate in candidates:
        scenes.judge(examination, candidate, Support.INCONCLUSIVE)
    other = scenes.begin(comparison, scene.second)
    scenes.judge(other, candidates[0], Support.STRONG_SAME)
    for judgement in (examination.judgements.first(), other.judgements.get()):
        with pytest.raises(ValueError, match="supports"):
            services.conclude_examination(examination=examination, judgement=judgement)


def test_what_is_recorded_twice_is_refused_and_the_first_stands(scene, comparison, candidates):
    examination = Examination.objects.get()
    scenes.judge(examination, candidates[0], Support.STRONG_SAME)
    with pytest.raises(services.AlreadyRecordedError):
        scenes.judge(examination, candidates[0], Support.STRONG_DIFFERENT)
    assert examination.judgements.get().support == Support.STRONG_SAME
    for candidate in candidates[1:]:
        scenes.judge(examination, candidate, Support.STRONG_DIFFERENT)
    services.conclude_examination(examination=examination, judgement=None)
    with pytest.raises(services.AlreadyRecordedError):
        services.conclude_examination(
            examination=examination, judgement=examination.judgements.get(candidate=candidates[0])
        )
    with pytest.raises(services.ClosedError):
        services.view_candidate(examination=examination, candidate=candidates[0])


def test_what_was_not_shown_is_not_judged(scene, comparison, candidates):
    with pytest.raises(services.NotShownError):
        services.record_judgement(
            examination=Examination.objects.get(),
            candidate=candidates[0],
            findings=scenes.findings(),
        )


def test_features_off_the_checklist_are_refused(scene, comparison, candidates):
    findings = services.Findings(Support.STRONG_SAME, {"third_eye": "similar"})
    with pytest.raises(ValueError, match="third_eye"):
        services.record_judgement(
            examination=Examination.objects.get(), candidate=candidates[0], findings=findings
        )


def test_what_is_handed_back_makes_room_but_not_for_the_same(scene, comparison, candidates):
    scenes.begin(comparison, scene.second)
    assert waiting_for(scene.third) == []
    services.release_examination(
        examination=Examination.objects.get(examiner=scene.first), reason=Release.Reason.CONFLICT
    )
    assert len(waiting_for(scene.third)) == 1
    assert waiting_for(scene.first) == []
    with pytest.raises(services.ClosedError):
        services.view_candidate(
            examination=Examination.objects.get(examiner=scene.first), candidate=candidates[0]
        )


def test_what_lapses_makes_room_and_is_vacated(scene, comparison):
    scenes.begin(comparison, scene.first)
    scenes.begin(comparison, scene.second)
    with override_settings(EXAMINATION_LIFETIME=timedelta(0)):
        scenes.begin(comparison, scene.third)
    released = Release.objects.get(examination__examiner=scene.first)
    assert released.reason == Release.Reason.LAPSED
    assert comparison_for(make_examiner(scene, "examiner4"), comparison.run)


def test_a_search_that_returned_nobody_ends_by_itself_and_once(scene):
    empty = scene.search(nobody=True)
    assert empty.candidate_count == 0
    assert waiting_for(scene.first) == []
    assert services.close_empty_comparisons() == 1
    assert services.close_empty_comparisons() == 0
    assert services.close_empty_comparison(comparison=empty) is None
    assert Result.objects.get().kind == Result.Kind.NO_CANDIDATE
    assert entries("no-candidate-returned") == 1
    with pytest.raises(services.NotAllowedError):
        services.start_examination(comparison=empty, examiner=scene.first)


def test_a_search_with_candidates_never_ends_by_itself(scene, comparison):
    assert services.close_empty_comparisons() == 0
    with pytest.raises(ValueError, match="candidates"):
        services.close_empty_comparison(comparison=comparison)


def test_the_officers_list_tells_the_stage(scene, comparison):
    authorization = comparison.authorization
    stage = stages_of([authorization])[authorization]
    assert (str(stage.label), stage.address) == ("With examiners", None)
    scenes.examine(comparison, scene.first, None)
    scenes.examine(comparison, scene.second, None)
    stage = stages_of([authorization])[authorization]
    assert str(stage.label) == "No lead"
    assert stage.address == f"/results/{comparison.submission.request.key}/"
    assert stages_of([uuid4()]) == {}


def test_the_officer_is_told_that_there_is_news_and_nothing_else(scene, comparison):
    mail.outbox.clear()
    scenes.examine(comparison, scene.first, None)
    assert mail.outbox == []
    scenes.examine(comparison, scene.second, None)
    (message,) = mail.outbox
    assert message.to == [scene.city.officer.email]
    assert "lead" not in (message.subject + message.body).lower()


def test_the_examiners_own_record_counts_without_names(scene, comparison, candidates):
    services.release_examination(
        examination=Examination.objects.get(), reason=Release.Reason.HANDED_BACK
    )
    scenes.examine(comparison, scene.second, None)
    assert (own_record(scene.second).concluded, own_record(scene.second).with_result) == (1, 0)
    scenes.examine(comparison, scene.third, None)
    assert own_record(scene.third).followed == 1
    assert own_record(scene.first).concluded == 0


def test_a_comparison_comes_with_its_run_and_only_with_it(scene):
    request = scene.ask()
    assert not Comparison.objects.exists()
    comparison = scene.search(request)
    assert comparison.submission.request == request


def test_of_three_who_start_at_once_two_begin(scene, comparison):
    def start(examiner):
        try:
            with acting_as("web"):
                return services.start_examination(comparison=comparison, examiner=examiner)[0]
        except services.NotAllowedError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        begun = [each for each in pool.map(start, scene.city.examiners) if each]
    assert len(begun) == 2 == Examination.objects.count()
