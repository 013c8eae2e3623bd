import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.template import Context, Template
from django.utils.html import format_html
from hypothesis import given
from hypothesis import strategies as st

from oversight.interface.csv import csv_lines, csv_response, neutral
from oversight.interface.paging import Pages, link_with
from oversight.interface.style_guide import FilterForm
from oversight.interface.tables import Column, Table
from tests.interface.markup import Page, faults


class Animals(Table):
    caption = "Animals"
    downloadable = True
    default_sort = "name"
    page_size = 10
    name = Column(
        header="Name",
        row_header=True,
        sort="name",
        cell=lambda row: format_html("<b>{}</b>", row["name"]),
    )
    legs = Column(header="Legs", sort="legs", numeric=True)
    keeper = Column(header="Keeper", value="keeper.name")
    secret = "never a column"


class Keeper:
    def __init__(self, number: int) -> None:
        self.name = f"=Ada {99 - number}"


ROWS = [
    {"name": f"animal {n:02}", "legs": n % 5 or None, "keeper": Keeper(n)} for n in range(1, 36)
]


def animals(query: str = "", rows=ROWS) -> Animals:
    return Animals(rows, QueryDict(query))


def shown(table: Table) -> list[str]:
    return [row[0].html for row in table.body]


def page_of(table: Table, filters=None) -> Page:
    template = Template("{% load interface %}<h1>x</h1>{% data_table table filters %}")
    page = Page(template.render(Context({"table": table, "filters": filters})))
    assert faults(page) == []
    return page


def test_rows_are_sorted_and_paged_by_the_address():
    assert shown(animals())[0] == "<b>animal 01</b>"
    assert shown(animals("sort=-name"))[0] == "<b>animal 35</b>"
    assert shown(animals("page=4")) == [f"<b>animal {n}</b>" for n in range(31, 36)]


@pytest.mark.parametrize("descending", ["", "-"])
def test_missing_values_come_last_either_way(descending):
    legs = [record[1] for record in animals(f"sort={descending}legs").records][1:]
    assert legs[-7:] == [None] * 7
    assert legs[:28] == sorted(legs[:28], reverse=bool(descending))


@pytest.mark.parametrize(
    "asked", ["password", "-keeper__password", "keeper", "", "--name", "caption"]
)
def test_an_address_can_sort_by_declared_columns_only(asked):
    assert shown(animals(f"sort={asked}")) == shown(animals())


def test_the_database_sorts_a_query_set_and_the_key_settles_ties():
    class Groups(Table):
        caption = "Groups"
        title = Column(header="Title", value="name", sort="name")

    assert Groups(Group.objects.all(), QueryDict("sort=-title")).ordered.query.order_by == (
        "-name",
        "pk",
    )


def test_a_misspelt_value_is_an_error_and_an_absent_relation_is_not():
    class Odd(Table):
        caption = "Odd"
        keeper = Column(header="Keeper", value="keeper.surname")

    assert next(Odd([{"keeper": None}], QueryDict()).body)[0].html == "None"
    with pytest.raises(AttributeError, match="surname"):
        list(Odd(ROWS, QueryDict()).body)


@pytest.mark.parametrize("asked", ["0", "-1", "99999999999999999999", "x", "1e3"])
def test_a_page_that_does_not_exist_gives_one_that_does(asked):
    assert len(shown(animals(f"page={asked}"))) in {5, 10}


def test_heads_are_links_that_keep_the_filters_and_start_at_the_first_page():
    page = page_of(animals("kind=cat&page=3&sort=name"))
    name, legs, keeper = page.all("th", scope="col")
    assert name.attrs["aria-sort"] == "ascending"
    assert "aria-sort" not in legs.attrs
    links = {
        link.text: link.attrs["href"]
        for link in page.all("a")
        if "th" in [e.tag for e in link.within]
    }
    assert links == {"Name": "?kind=cat&sort=-name", "Legs": "?kind=cat&sort=legs"}
    assert keeper.text == "Keeper"


def test_the_table_has_a_caption_row_heads_and_a_count():
    page = page_of(animals("page=2"))
    assert page.one("caption").text == "Animals"
    assert len(page.all("th", scope="row")) == 10
    assert "Results 11 to 20 of 35" in page.source
    assert page.one("a", rel="next").attrs["href"] == "?page=3"
    assert page.one("a", aria_current="page").text == "Page 2"


def test_columns_may_be_named_like_nothing_the_table_has():
    with pytest.raises(TypeError, match="a table has 'count' already"):
        type("Bad", (Table,), {"count": Column(header="Count")})


def test_filters_keep_the_order_and_can_be_cleared():
    table = animals("words=cat&sort=-name")
    page = page_of(table, FilterForm(table.query))
    assert page.one("input", type="hidden").attrs["value"] == "-name"
    clear = next(each for each in page.all("a") if each.text == "Clear filters")
    assert clear.attrs["href"] == "?sort=-name"
    assert not animals("sort=-name&page=2&words=").filtered


def test_nothing_yet_and_nothing_found_are_told_apart():
    assert "There is nothing here yet" in page_of(animals(rows=[])).source
    found = page_of(animals("words=zebra", rows=[]))
    assert "Nothing matches these filters" in found.source
    assert found.one("a", "usa-button").attrs["href"] == "?"


def test_markup_in_rows_is_escaped():
    rows = [{"name": "<i>x</i>", "legs": "<script>", "keeper": None}]
    page = page_of(animals(rows=rows))
    assert not page.all("script")
    assert not page.all("i")


def test_a_download_has_every_row_in_the_order_shown():
    table = animals("page=2&sort=-name&format=csv&kind=cat")
    assert table.csv_wanted
    assert table.csv_url == "?sort=-name&kind=cat&format=csv"
    response = csv_response(table, "animals")
    assert response["Content-Disposition"] == 'attachment; filename="animals.csv"'
    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert rows[0] == ["Name", "Legs", "Keeper"]
    assert [row[0] for row in rows[1:]] == [row["name"] for row in reversed(ROWS)]
    assert rows[1][2] == "'=Ada 64"


def test_what_is_not_declared_downloadable_is_not():
    class Closed(Animals):
        downloadable = False

    table = Closed(ROWS, QueryDict("format=csv"))
    assert not table.csv_wanted
    assert table.csv_url == ""


@pytest.mark.parametrize("name", ["", "a b", "../x", 'a"b', "A", "a\nb", "a-"])
def test_a_file_name_cannot_carry_anything_else(name):
    with pytest.raises(ValueError, match="no file name"):
        csv_response(animals(), name)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \t=cmd", "' \t=cmd"),
        ("-2", "'-2"),
        ("＝1", "'＝1"),
        (-2, "-2"),
        (Decimal("-0.5"), "-0.5"),
        (None, ""),
        (True, "true"),
        (dt.date(2026, 3, 4), "2026-03-04"),
        (dt.datetime(2026, 3, 4, 14, 5, tzinfo=dt.UTC), "2026-03-04T14:05:00+00:00"),
        (["a", "b"], "a b"),
        ("plain", "plain"),
    ],
)
def test_each_kind_of_value_has_one_form(value, text):
    assert neutral(value) == text


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=5))
def test_no_text_becomes_a_formula_and_none_is_lost(records):
    text = "".join(csv_lines(records))
    read = list(csv.reader(io.StringIO(text, newline="")))
    for given_row, row in zip(records, read, strict=True):
        for given_cell, cell in zip(given_row, row or [""], strict=True):
            assert cell.removeprefix("'") == given_cell.removeprefix("'") or cell == given_cell
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%"))


def test_an_address_keeps_what_it_is_not_told_to_change():
    query = QueryDict("a=1&a=2&page=3")
    assert link_with(query, page="4") == "?a=1&a=2&page=4"
    assert link_with(query, page=None, a=None) == "?"
    assert query["page"] == "3"


def test_long_lists_leave_out_pages_in_between():
    pages = Pages(range(1000), QueryDict("page=20"), 25)
    assert [link.label for link in pages.links] == ["1", "", "19", "20", "21", "", "40"]
    assert pages.count_text == "Results 476 to 500 of 1000"
    assert not Pages([1], QueryDict()).several
    assert Pages([1], QueryDict()).count_text == "1 result"
