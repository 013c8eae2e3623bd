"""Whatever examiners do, in whatever order: no lead without two who name the same candidate."""

from collections import Counter
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oversight.leads import services
from oversight.leads.agreement import agreement_of, examiners_wanted
from oversight.leads.models import Conclusion, Examination, Release, Result, Support
from oversight.leads.selectors import places_of, waiting_for
from oversight.people import services as people
from oversight.people.models import Agency, Role
from tests import world
from tests.conftest import acting_as
from tests.leads import scene as scenes
from tests.leads.conftest import _published, prepared, scene  # noqa: F401 - fixtures

NAMES = st.one_of(st.none(), st.sampled_from([UUID(int=number) for number in (1, 2, 3)]))


@given(st.lists(NAMES, max_size=3))
def test_a_lead_has_two_votes_and_no_order_matters(named):
    found = agreement_of(named)
    votes = Counter(candidate for candidate in named if candidate)
    if found is None:
        assert len(named) < 2 or (len(named) == 2 and named[0] != named[1])
        assert examiners_wanted(named) > len(named)
        return
    assert found == agreement_of(named[::-1])
    assert examiners_wanted(named) == len(named)
    assert (found.kind == Result.Kind.LEAD) == any(count >= 2 for count in votes.values())
    assert found.candidate is None or votes[found.candidate] >= 2


def make_people(scene):  # noqa: F811 - the fixture's value
    """Those who may examine, and those who may not, each for another reason."""
    city = scene.city
    with acting_as("owner"):
        fourth = world.make_person("fourth", Role.EXAMINER, city.agency, city.unit)
        elsewhere = Agency.objects.get(slug="glendale-pd")
        outsider = world.make_person("outsider", Role.EXAMINER, elsewhere, None)
        untrained = world.make_person("untrained", Role.EXAMINER, city.agency, city.unit)
        world.lapse_training(untrained)
        for person in (city.officer, city.supervisor):
            people.grant_role(person=person, role=Role.EXAMINER, held_from=timezone.localdate())
    return [*city.examiners, fourth], [outsider, untrained, city.officer, city.supervisor]


class Examiners(RuleBasedStateMachine):
    """Eight people at one search; four of them may examine it."""

    scene: scenes.Scene
    eligible: list
    barred: list

    @initialize()
    def search(self):
        self.comparison = self.scene.search()
        self.open: dict[int, Examination] = {}
        self.named: dict[int, UUID | None] = {}

    @rule(index=st.integers(0, 7))
    def start(self, index):
        person = [*self.eligible, *self.barred][index]
        try:
            examination, _decision = services.start_examination(
                comparison=self.comparison, examiner=person
            )
        except services.NotAllowedError:
            return
        if examination is not None:
            assert person in self.eligible
            self.open[index] = examination

    @rule(index=st.integers(0, 7))
    def force_the_database(self, index):
        """As if the application had forgotten every check of its own."""
        person = [*self.eligible, *self.barred][index]
        waits = self.comparison.run in {each.run for each in waiting_for(person)}
        if waits:
            return
        with pytest.raises(IntegrityError), transaction.atomic():
            Examination.objects.create(
                comparison=self.comparison, examiner=person, seed=0, started_at=timezone.now()
            )

    @precondition(lambda self: self.open)
    @rule(data=st.data(), named=st.sampled_from([None, 0, 0, 1]))
    def examine(self, data, named):
        """Compare what is left, and close; the candidate is named by its place in no order."""
        index = data.draw(st.sampled_from(sorted(self.open)))
        examination = self.open.pop(index)
        places = places_of(Examination.objects.get(pk=examination.pk))
        chosen = None if named is None else sorted(place.candidate for place in places)[named]
        for place in places:
            if place.judgement is None:
                scenes.judge(examination, place.candidate, Support.LIMITED_SAME)
        judgement = examination.judgements.get(candidate=chosen) if chosen else None
        closing = services.conclude_examination(examination=examination, judgement=judgement)
        assert closing.conclusion is not None
        self.named[index] = chosen

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def judge_one(self, data):
        examination = self.open[data.draw(st.sampled_from(sorted(self.open)))]
        place = places_of(Examination.objects.get(pk=examination.pk))[0]
        try:
            scenes.judge(examination, place.candidate, Support.STRONG_SAME)
        except services.AlreadyRecordedError:
            assert place.judgement is not None

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def close_too_early(self, data):
        examination = self.open[data.draw(st.sampled_from(sorted(self.open)))]
        if examination.judgements.count() < self.comparison.candidate_count:
            with pytest.raises(services.NotComparedError):
                services.conclude_examination(examination=examination, judgement=None)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def hand_back(self, data):
        index = data.draw(st.sampled_from(sorted(self.open)))
        services.release_examination(
            examination=self.open.pop(index), reason=Release.Reason.HANDED_BACK
        )

    @rule()
    def force_a_lead(self):
        """No row may say what the examinations do not."""
        if Result.objects.filter(comparison=self.comparison).exists():
            return
        now = timezone.now()
        for candidate in set(self.named.values()) - {None}:
            with pytest.raises(IntegrityError), transaction.atomic():
                Result.objects.create(
                    comparison=self.comparison,
                    kind="lead",
                    rule="two_agree",
                    candidate=candidate,
                    reached_at=now,
                    expires_at=now,
                )

    @invariant()
    def a_lead_has_two_eligible_examiners_who_name_the_same(self):
        if not hasattr(self, "comparison"):
            return
        votes = Counter(candidate for candidate in self.named.values() if candidate)
        top = votes.most_common(1)[0] if votes else (None, 0)
        result = Result.objects.filter(comparison=self.comparison).first()
        if result is not None and result.kind == "lead":
            named_by = Conclusion.objects.filter(
                examination__comparison=self.comparison, judgement__candidate=result.candidate
            ).values_list("examination__examiner", flat=True)
            assert len(set(named_by)) >= 2
            assert set(named_by) <= {person.pk for person in self.eligible}
            assert (result.candidate, True) == (top[0], top[1] >= 2)
        ended = top[1] >= 2 or len(self.named) == 3 or list(self.named.values()) == [None, None]
        assert (result is not None) == ended
        counted = Examination.objects.filter(comparison=self.comparison, release__isnull=True)
        assert counted.count() <= 3
        assert len(self.open) + len(self.named) == counted.count()


def test_never_a_lead_without_two_who_agree(scene):  # noqa: F811 - the fixture
    Examiners.scene = scene
    Examiners.eligible, Examiners.barred = make_people(scene)
    run_state_machine_as_test(
        Examiners,
        settings=settings(
            max_examples=20,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
