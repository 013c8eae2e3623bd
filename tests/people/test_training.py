"""Which certificate the gate is told of, where someone holds several."""

from datetime import timedelta

import pytest
from django.utils import timezone

from oversight.people import services
from oversight.people.models import Agency, Certificate
from oversight.people.selectors import current_training
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

REVIEW, EXAMINATION = Certificate.Level.REVIEW, Certificate.Level.EXAMINATION


@pytest.fixture
def person(db):
    with acting_as("owner"):
        agency = Agency.objects.create(slug="lapd", name="Los Angeles Police Department")
        return services.create_person(
            username="examiner", name="An Examiner", password="a pass phrase", agency=agency
        )


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ([], None),
        ([(REVIEW, -400, -10)], 0),
        ([(REVIEW, -400, -10), (EXAMINATION, -900, -500)], 0),
        ([(REVIEW, -30, 300), (EXAMINATION, -30, 20)], 1),
        ([(REVIEW, -30, 300), (EXAMINATION, -900, -500)], 0),
        ([(REVIEW, -30, 300), (EXAMINATION, -30, 0)], 0),
        ([(EXAMINATION, 10, 400), (REVIEW, -30, 20)], 1),
        ([(EXAMINATION, -30, 20), (EXAMINATION, -10, 355)], 1),
    ],
    ids=[
        "untrained",
        "lapsed",
        "all lapsed: the latest",
        "examination goes beyond review, though it ends sooner",
        "a lapsed examination is none",
        "the day of expiry is the first that does not count",
        "a course to come does not count yet",
        "of two alike the longer",
    ],
)
def test_the_best_that_counts_today_is_told(person, held, told):
    today = timezone.localdate()
    with acting_as("owner"):
        made = [
            services.record_certificate(
                person=person,
                course="Facial comparison",
                level=level,
                completed_on=today + timedelta(days=since),
                expires_on=today + timedelta(days=until),
            )
            for level, since, until in held
        ]
    assert current_training(person, on=today) == (None if told is None else made[told])
