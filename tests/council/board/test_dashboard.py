"""The dashboard: each figure with its rows, recorded reading, filters, downloads."""

import html
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oversight.council.board.events import ROWS_OPENED
from oversight.ledger.selectors import values_told
from oversight.transparency.history import import_history
from tests.council.board.reading import read, words

pytestmark = pytest.mark.django_db


def test_each_figure_of_the_dashboard_leads_to_as_many_rows(busy):
    browser = busy.browser(busy.board)
    found = lines(browser.get("/board/").content.decode())
    assert len(found) > 15
    for address, value in found:
        rows = browser.get(address).context["table"].count
        if value.isdigit():
            assert rows == int(value), address


def test_each_count_of_persons_leads_to_as_many_rows(busy):
    """Of searches from before adoption; a race that nobody wrote down is a row too."""
    today = f"{timezone.localdate()}T12:00:00Z"
    described = (
        ({"race": "Black & White", "sex": "male", "age_band": None}, True),
        ({"race": None, "sex": "male", "age_band": "25-34"}, False),
        (None, None),
    )
    told = [
        {"id": str(n), "requested_at": today, "agency": "lapd", "subject": subject, "lead": lead}
        | {"decision": "permit", "run_at": today, "candidates": 3}
        for n, (subject, lead) in enumerate(described)
    ]
    import_history(lines=[json.dumps(each).encode() for each in told], source="earlier")
    browser = busy.browser(busy.board)
    page = browser.get("/board/").content.decode()
    found = re.findall(r'<a href="(/board/figures/[^"]+described=[^"]+)">(\d+)</a>', page)
    assert len(found) == 18
    for address, value in found:
        shown = browser.get(html.unescape(address))
        assert shown.context["table"].count == int(value), address
        assert not shown.context["filters"].errors


def lines(page):
    """Address and value of each figure with rows, read from the page's tables."""
    rows = re.findall(
        r'<a href="(/board/figures/[^"]+)".*?data-label="This period">([^<]*)<', page, re.DOTALL
    )
    return [(html.unescape(address), value) for address, value in rows]


def test_rows_show_what_a_member_may_see_and_nobodys_name(busy):
    browser = busy.browser(busy.board)
    text = words(browser, "/board/figures/refused_by_gate/")
    assert "lapd-2021/officer-camera" in text
    assert "Requests behind this figure" in text
    for person in (busy.office.officer, busy.supervisor):
        assert person.name not in text
    assert "26-0" not in text


def test_opening_rows_is_recorded_with_what_was_shown(busy):
    browser = busy.browser(busy.board)
    read(browser, "/board/figures/leads/")
    (entry, told) = list(values_told(ROWS_OPENED, "what"))[-1]
    assert told.startswith("leads ")
    assert dict(values_told(ROWS_OPENED, "reader"))[entry] == busy.board.pk
    (number,) = dict(values_told(ROWS_OPENED, "rows"))[entry]
    assert str(number) in words(browser, "/board/figures/leads/")


def test_supervisors_and_unusual_use_are_recorded_too(busy):
    browser = busy.browser(busy.auditor)
    before = len(list(values_told(ROWS_OPENED, "what")))
    assert busy.supervisor.name in words(browser, "/board/supervisors/")
    words(browser, "/board/unusual-use/")
    assert len(list(values_told(ROWS_OPENED, "what"))) == before + 2


def test_rows_are_filtered_sorted_paged_and_downloaded(busy):
    browser = busy.browser(busy.board)
    one = browser.get("/board/figures/requests/?ending=run").context["table"]
    assert one.count == 1
    by_rule = browser.get("/board/figures/requests/?rule=lapd-2021/officer-camera")
    assert by_rule.context["table"].count == 3
    assert browser.get("/board/figures/requests/?rule=none/such").context["table"].count == 0
    download = browser.get("/board/figures/requests/?format=csv&sort=number")
    assert download["Content-Type"].startswith("text/csv")
    told = b"".join(download.streaming_content).decode().splitlines()
    assert len(told) == 1 + 11
    numbers = [int(line.split(",")[0]) for line in told[1:]]
    assert numbers == sorted(numbers)


def test_no_row_is_read_unrecorded_by_way_of_a_wrong_filter(busy):
    browser = busy.browser(busy.board)
    before = len(list(values_told(ROWS_OPENED, "what")))
    for wrong in ("unit=nobody", "offence=x", "ending=x", "described=race:x", "period=x&rule=%00"):
        page = browser.get(f"/board/figures/requests/?{wrong}")
        assert page.context["table"].count == 0, wrong
        download = browser.get(f"/board/figures/requests/?{wrong}&format=csv")
        assert len(b"".join(download.streaming_content).splitlines()) == 1, wrong
    assert len(list(values_told(ROWS_OPENED, "what"))) == before


def test_an_unknown_figure_or_period_does_not_break(busy):
    browser = busy.browser(busy.board)
    assert browser.get("/board/figures/people_with_access/").status_code == 404
    assert browser.get("/board/figures/nothing/").status_code == 404
    assert browser.get("/board/?period=;drop").context["period"].code == "30d"


def test_queries_do_not_grow_with_the_requests(busy):
    browser = busy.browser(busy.board)
    counts = []
    for _round in range(2):
        cache.clear()
        for address in ("/board/", "/board/figures/requests/", "/board/supervisors/"):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(address).status_code == 200
            counts.append(len(captured))
        for submission in busy.ask_many(12):
            busy.office.sign(submission, "approved")
    assert counts[:3] == counts[3:]
