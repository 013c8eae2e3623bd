"""What a replay reads of past submissions: what was decided then, oldest first, and no names."""

from datetime import timedelta

import pytest
from django.utils import timezone

from oversight.policy.histories import Verdict
from oversight.requests import replayed, services
from oversight.requests.replayed import past_submissions
from tests import world

pytestmark = pytest.mark.django_db


def test_each_submission_comes_with_its_facts_and_what_was_decided(city, monkeypatch):
    monkeypatch.setattr(replayed, "_AT_ONCE", 2)
    requests = [
        world.draft_with_image(city.officer, source=source)
        for source in ("body_worn", "fixed_cctv_private", "body_worn")
    ]
    decisions = [services.submit_request(request=one, version=2)[1] for one in requests]
    refused = Verdict("refuse", ("lapd-2021/officer-camera",))
    today = timezone.localdate()
    found = list(past_submissions(today, today + timedelta(days=1)))
    assert [one.id for one in found] == [str(each.submission_id) for each in decisions]
    assert [one.facts for one in found] == [each.facts for each in decisions]
    assert [one.decided for one in found] == [refused, Verdict("permit"), refused]
    assert {one.unit for one in found} == {city.unit.name}
    assert list(past_submissions(today - timedelta(days=1), today)) == []
