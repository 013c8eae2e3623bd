"""Charts: what is drawn is what the table says, for the eye, for the ear, on paper and as a file."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.interface.charts import Bars, Chart, Interval, Intervals, Lines, Series
from oversight.interface.charts.scales import ticks
from tests.interface.markup import Page, faults

SVG = "{http://www.w3.org/2000/svg}"
COUNTS = st.none() | st.integers(0, 2_000_000)
WORDS = st.text(st.characters(exclude_categories=("C",)), max_size=60)


def chart_of(subject, rows=(), **more):
    return Chart("sample", "Requests", "There were some.", subject, ["Month", "N"], rows, **more)


def bars(*values, **more):
    categories = [f"Category {index}" for index in range(len(values))]
    return chart_of(Bars(categories, [Series("Requests", values)], **more))


def root_of(chart):
    return ET.fromstring(chart.file())  # noqa: S314  (a file of our own)


def shapes(chart, css):
    return [each for each in root_of(chart).iter() if each.get("class") == css]


def test_bars_are_as_long_as_their_counts():
    drawn = shapes(bars(200, 50, 0, 1), "chart__bar")
    assert [bar.get("width") for bar in drawn] == ["100.00%", "25.00%", "0.50%"]


def test_a_withheld_count_looks_withheld_and_tells_no_length():
    few, many = bars(200, None), bars(9, None)
    for chart in (few, many):
        (hidden,) = shapes(chart, "chart__withheld")
        assert hidden.get("width") == "48"
        assert hidden.get("stroke-dasharray")
        assert "withheld" in chart.inline()


@pytest.mark.parametrize("count", [2, 3, 4, 5, 8, 9, 12, 13, 14, 25, 60])
def test_words_under_a_line_leave_each_other_room_on_a_telephone(count):
    """A month and year take about 62 of 280 units: 22 of each hundred."""
    months = [f"Sep {2000 + index}" for index in range(count)]
    chart = chart_of(Lines(months, [Series("Requests", range(count))]))
    places = [
        (float(each.get("x")[:-1]), each.get("text-anchor"))
        for each in shapes(chart, "chart__text")
        if each.text.startswith("Sep")
    ]
    left = {"middle": -11, "end": -22}
    spans = [(x + left[anchor], x + left[anchor] + 22) for x, anchor in places]
    assert len(spans) >= 2
    assert all(end < start for (_, end), (start, _) in pairwise(spans)), spans


def test_stacked_bars_lie_one_after_the_other():
    series = [Series("Refused", [1, 2]), Series("Run", [3, 2])]
    drawn = shapes(chart_of(Bars(["May", "June"], series, stacked=True)), "chart__bar")
    bars_only = [bar for bar in drawn if bar.get("width").endswith("%")]
    assert [(bar.get("x"), bar.get("width")) for bar in bars_only] == [
        ("0.00%", "25.00%"),
        ("25.00%", "75.00%"),
        ("0.00%", "50.00%"),
        ("50.00%", "50.00%"),
    ]
    fills = {bar.get("fill") for bar in bars_only}
    assert len(fills) == 2, "series differ by pattern"


def test_a_line_has_a_gap_where_a_value_was_withheld():
    chart = chart_of(Lines(["May", "June", "July", "August"], [Series("Leads", [3, None, 4, 5])]))
    pieces = [e for e in shapes(chart, "chart__line") if e.get("x1").endswith("%")]
    assert len(pieces) == 1
    assert len(shapes(chart, "chart__withheld")) == 1
    assert "Broken upright line: withheld" in chart.inline()


def test_intervals_stand_on_one_scale_and_are_told_in_words():
    rows = [Interval("One", 0.1, 0.2, 0.4), Interval("Other", None, None, None)]
    chart = chart_of(Intervals(rows, 0.2, "All together"))
    (width,) = (e for e in shapes(chart, "chart__line") if e.tag == f"{SVG}line")
    assert (width.get("x1"), width.get("x2")) == ("25.00%", "100.00%")
    assert "20 (10 to 40)" in chart.inline()
    assert "withheld" in chart.inline()


@pytest.mark.parametrize("kind", [Bars, Lines])
@settings(max_examples=25, deadline=None)
@given(
    columns=st.lists(st.tuples(WORDS, COUNTS, COUNTS), max_size=14),
    stacked=st.booleans(),
)
def test_any_counts_make_a_sound_file_without_styles(kind, columns, stacked):
    categories = [words for words, _one, _other in columns]
    series = [Series(f"<{i}>", [column[i] for column in columns]) for i in (1, 2)]
    more = {"stacked": stacked} if kind is Bars else {}
    chart = chart_of(kind(categories, series, **more))
    root = root_of(chart)
    assert root.find(f"{SVG}title").text == "Requests"
    assert root.find(f"{SVG}desc").text.startswith("There were some.")
    for each in root.iter():
        assert "style" not in each.attrib
        for name in ("x", "x1", "x2", "width"):
            share = each.get(name, "").removesuffix("%")
            assert not each.get(name, "").endswith("%") or 0 <= float(share) <= 100.01


@given(st.integers(0, 10**9))
def test_marks_of_an_axis_are_round_few_and_reach_the_top(top):
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top
    assert 2 <= len(marks) <= 6
    assert re.fullmatch(r"[125]0*", str(marks[1]))


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="3 values for 2 categories"):
        Bars(["May", "June"], [Series("Requests", [1, 2, 3])])
    with pytest.raises(ValueError, match="never negative"):
        Bars(["May"], [Series("Requests", [-1])])
    with pytest.raises(ValueError, match="no interval"):
        Interval("One", 0.5, 0.2, 0.6)
    with pytest.raises(ValueError, match="at most 5"):
        chart_of(Bars(["May"], [Series(str(n), [n]) for n in range(6)])).inline()


def test_on_a_page_it_has_its_sentence_its_table_and_its_files():
    subject = Bars(["Fraud <i>", "Arson"], [Series("Requests", [12, None])])
    rows = [["Fraud <i>", 1200], ["Arson", None]]
    chart = chart_of(subject, rows, csv_url="/a.csv", svg_url="/a.svg")
    source = render_to_string("components/chart.html", {"chart": chart})
    page = Page(f"<h1>Page</h1>{source}")
    assert faults(page) == []
    svg = page.one("svg", "chart__drawing")
    assert svg.attrs["role"] == "img"
    assert "There were some." in page.one("p", "chart__finding").text
    assert [cell.text for cell in page.all("td")] == ["1,200", "withheld"]
    assert page.one("table").within[-4].tag == "details"
    assert [link.attrs["href"] for link in page.all("a")] == ["/a.csv", "/a.svg"]
    assert chart.records() == [["Month", "N"], ["Fraud <i>", 1200], ["Arson", None]]
