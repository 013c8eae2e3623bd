"""The demonstration's technology stands approved, and its public has sent a form letter."""

import pytest

from oversight.council.life import State
from oversight.council.models import Consultation
from oversight.council.selectors.comment import tally_of
from oversight.council.selectors.technologies import standing_of
from oversight.council.services.grouping import group_comments
from oversight.site.demo.comment import ask_the_public
from oversight.site.demo.technology import approve_system

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_a_vote_and_eight_comments_in_four_texts(town):
    technology = approve_system(
        agency=town.agency, administrator=town.administrator, member=town.member
    )
    ask_the_public(technology=technology, administrator=town.administrator)
    assert standing_of("lacris-dms").state == State.APPROVED
    assert group_comments() == 8
    tally = tally_of(Consultation.objects.get())
    assert (tally.total, tally.by_stance["against"], tally.distinct) == (8, 6, 4)
