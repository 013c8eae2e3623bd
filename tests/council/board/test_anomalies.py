"""Rules about unusual use: each finds what it says, and stays silent on ordinary work."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.council.board.anomalies import RULES, Asked, hits_of
from oversight.council.board.figures import unusual
from oversight.council.board.frames import TRAITS
from oversight.council.data import EVIDENCE, read_data

PACIFIC = ZoneInfo("America/Los_Angeles")
NOON = datetime(2026, 3, 2, 12, tzinfo=PACIFIC)


def ask(number, officer="Ann", *, day=0, hour=12, case=None, source="fixed_cctv_public", unit="R"):
    at = NOON.replace(hour=hour) + timedelta(days=day)
    return Asked(number, officer, unit, case or f"26-{number}", source, at)


def ordinary(count=24):
    """Three officers, a request each in turn, one a day, at noon."""
    return [ask(n, ("Ann", "Ben", "Cid")[n % 3], day=n) for n in range(count)]


def found(name, asked):
    return [(hit.about, hit.found) for hit in hits_of(name, asked)]


def test_ordinary_work_is_not_unusual():
    assert {name: found(name, ordinary()) for name in RULES} == {name: [] for name in RULES}
    assert {name: found(name, []) for name in RULES} == {name: [] for name in RULES}


def test_one_officer_asks_for_much_more_than_the_middle_one():
    asked = ordinary(12) + [ask(100 + n, "Dan", day=n) for n in range(12)]
    assert found("volume", asked) == [("Dan", 12)]
    assert found("volume", asked[:-3]) == []


def test_one_case_number_for_many():
    asked = [*ordinary(), *(ask(100 + n, "Dan", day=n, case="26-0114") for n in range(4))]
    ((hit),) = hits_of("cases", asked)
    assert (hit.about, hit.found, hit.requests) == ("26-0114", 4, (100, 101, 102, 103))
    assert found("cases", asked[:-1]) == []


def test_pictures_from_social_media_that_nobody_else_uses():
    asked = [*ordinary(), *(ask(100 + n, "Dan", day=n, source="social_media") for n in range(3))]
    assert found("sources", asked) == [("Dan: Social media", 3)]
    everyone = [ask(n, ("Ann", "Dan")[n % 2], day=n, source="social_media") for n in range(20)]
    assert found("sources", everyone) == []


def test_many_requests_of_a_unit_on_one_day():
    asked = ordinary() + [ask(100 + n, f"P{n}", day=5) for n in range(9)]
    ((about, count),) = found("clusters", asked)
    assert (about, count) == ("R, March 7, 2026", 10)


@pytest.mark.parametrize(("hour", "unusual_hour"), [(21, False), (22, True), (5, True), (6, False)])
def test_requests_at_night(hour, unusual_hour):
    asked = ordinary() + [ask(100 + n, "Dan", day=n, hour=hour) for n in range(5)]
    assert found("off_shift", asked) == ([("Dan", 5)] if unusual_hour else [])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 20), st.integers(0, 23), st.booleans()),
        max_size=60,
    ),
    st.randoms(),
)
def test_no_rule_depends_on_the_order_of_rows_or_names_requests_that_are_not_there(drawn, dice):
    asked = [
        ask(n, f"P{who}", day=day, hour=hour, source="social_media" if odd else "phone")
        for n, (who, day, hour, odd) in enumerate(drawn)
    ]
    shuffled = dice.sample(asked, len(asked))
    for name in RULES:
        assert sorted(found(name, asked)) == sorted(found(name, shuffled))
        for hit in hits_of(name, asked):
            assert hit.found == len(hit.requests) == len(set(hit.requests))
            assert set(hit.requests) <= {each.request for each in asked}


def test_every_number_has_its_source_and_every_text_takes_its_numbers():
    for name, rule in RULES.items():
        numbers = read_data("anomalies")[name]
        assert numbers["evidence"] in EVIDENCE
        assert len(numbers["citation"]) > 20
        assert "%(" not in str(rule.text) % numbers
    assert read_data("anomalies").keys() == RULES.keys()
    assert read_data("weights").keys() == TRAITS.keys()
    for rows in read_data("notices").values():
        assert all(row["evidence"] in EVIDENCE and row["citation"] for row in rows)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (4, 0, False),
        (5, 0, True),
        (18, 9, False),
        (25, 9, True),
        (100, 100, False),
        (132, 100, True),
    ],
)
def test_a_change_is_unusual_beyond_two_standard_deviations(now, before, expected):
    assert unusual(now, before) is expected
    assert unusual(before, now) is expected
