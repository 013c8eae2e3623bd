"""Where requests came from, and how long sign-off took."""

from datetime import date, timedelta

import pytest

from oversight.people.models import Unit
from oversight.requests.models import SignOff
from oversight.transparency.services import publish_edition
from tests.transparency.rows import earlier_lines, moment

pytestmark = pytest.mark.django_db

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}
AT = moment("2026-03-04T14:05")


@pytest.fixture
def valley(office, as_role):
    """A second unit, of another area, without requests."""
    with as_role("owner"):
        office.unit.area = "Central"
        office.unit.save()
        return Unit.objects.create(agency=office.agency, name="Van Nuys", area="Valley")


def by(edition, name, column):
    return {row[column]: row for row in edition.document[name]}


def test_units_and_areas_are_told_and_those_without_requests_too(office, valley):
    for _ in range(5):
        office.refuse(office.send(AT))
        office.run(office.send(AT), "lead")
    edition = publish_edition(**MARCH)
    robbery = {"requests": 10, "refused": 5, "run": 5, "before_adoption": 0, "suppressed": []}
    nothing = {**dict.fromkeys(robbery, 0), "suppressed": []}
    assert edition.document["units"] == [
        {"agency": "lapd", "unit": "Robbery", **robbery},
        {"agency": "lapd", "unit": "Van Nuys", **nothing},
    ]
    assert edition.document["areas"] == [
        {"agency": "lapd", "area": "Central", **robbery},
        {"agency": "lapd", "area": "Valley", **nothing},
    ]


def test_small_numbers_of_units_are_withheld_with_others_that_would_give_them_away(office, valley):
    for _ in range(3):
        office.run(office.send(AT), "lead")
    edition = publish_edition(**MARCH)
    units = by(edition, "units", "unit")
    for unit in ("Robbery", "Van Nuys"):
        assert (units[unit]["requests"], units[unit]["run"]) == (None, None)
        assert units[unit]["suppressed"] == ["requests", "run"]
        assert units[unit]["refused"] == 0
    assert edition.document["figures"]["requests"]["value"] == 3, "the total is not withheld"


def test_a_unit_that_only_a_source_names_is_not_printed(office, valley, told):
    names = (*["Van Nuys"] * 6, *["Detective John Smith"] * 5, *[None] * 5)
    lines = [{**line, "agency": "lapd"} for line in earlier_lines(16, year=2026)]
    told([{**line, "unit": name} for line, name in zip(lines, names, strict=True)])
    edition = publish_edition(
        start=date(2026, 1, 1), end=date(2027, 1, 1), at=moment("2027-02-01T12:00")
    )
    assert "Smith" not in str(edition.document)
    units, areas = by(edition, "units", "unit"), by(edition, "areas", "area")
    assert edition.document["figures"]["requests"]["value"] == 16
    assert units["Van Nuys"]["requests"] == areas["Valley"]["requests"] == 6
    assert units[None]["requests"] == areas[None]["requests"] == 10


def sign_after(office, minutes, verdict="returned"):
    submission = office.send(AT)
    office.decide(submission)
    SignOff.objects.create(
        submission=submission,
        supervisor=office.supervisor,
        verdict=verdict,
        reasons=["facts"],
        opened_at=AT + timedelta(minutes=minutes, seconds=-44),
        signed_at=AT + timedelta(minutes=minutes, seconds=30),
    )


def test_how_long_sign_off_took_is_told_by_quantiles(office):
    for minutes in range(1, 21):
        sign_after(office, minutes, "returned" if minutes % 2 else "refused")
    durations = by(publish_edition(**MARCH), "durations", "name")
    assert durations["waited"] == {
        "name": "waited",
        "unit": "minutes",
        "counted": 20,
        "quarter": 5,
        "median": 10,
        "three_quarters": 15,
        "nine_tenths": 18,
    }
    assert durations["read"]["median"] == 70  # seconds, in steps of ten
    assert durations["waited_before_adoption"]["counted"] == 0


def test_few_verdicts_give_no_quantiles(office):
    for minutes in range(1, 20):
        sign_after(office, minutes)
    durations = by(publish_edition(**MARCH), "durations", "name")
    assert durations["waited"]["counted"] == 19
    assert durations["waited"]["median"] is None


def test_earlier_sign_offs_are_told_apart(office, told):
    lines = earlier_lines(20, year=2026)
    hour = timedelta(hours=1)
    signed = [str(AT + hour * n) for n in range(20)]
    lines = [
        {**line, "requested_at": str(AT), "signed_off_at": at}
        for line, at in zip(lines, signed, strict=True)
    ]
    told(lines)
    durations = by(publish_edition(**MARCH), "durations", "name")
    assert durations["waited"]["counted"] == 0
    assert durations["waited_before_adoption"]["median"] == 9 * 60


def test_templates_that_left_the_galleries_are_counted(office):
    assert publish_edition(**MARCH).document["figures"]["templates_purged"]["value"] == 0
