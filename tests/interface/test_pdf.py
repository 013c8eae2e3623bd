"""Typesetting: accessible by the tags, the same bytes again, and nothing but data."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.interface import pdf
from oversight.interface.pdf.heads import tag_heads_of_rows
from oversight.interface.pdf.text import printable
from tests.interface.pdf import Opened, faults

DATED = dt.datetime(2026, 2, 1, 9, 30, tzinfo=dt.UTC)
CHART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="30" height="4"/></svg>'
HOSTILE = '#panic("x") *bold* $x$ <label> @ref // gone /* gone */ \\ `raw` #read("/etc/passwd")'


def document(**changes):
    given_ = {"title": "A report", "language": "en", "publisher": "City of Example", "dated": DATED}
    return pdf.Document(**{**given_, **changes})


@pytest.fixture(scope="module")
def opened():
    rows = [[f"Row {number}", str(number)] for number in range(90)]
    whole = document(
        subtitle="January to March",
        opening=[
            pdf.Facts([("Number", "7")]),
            pdf.BigFigures([pdf.BigFigure("1,284", "Requests", "3 before adoption")]),
            pdf.Note("Nothing was asked for.", "A return of zero"),
        ],
        contents=True,
        sections=[
            pdf.Section("First", [pdf.Paragraph("Words.\n\nMore words."), pdf.Small("Source")]),
            pdf.Section("Below", [pdf.Table("By row", ["Row", "Count"], rows)], level=2),
            pdf.Section(
                "Last",
                [
                    pdf.Picture(CHART, "A bar of 30 of 40.", "One bar"),
                    pdf.Paragraph("En español.", language="es"),
                    pdf.Listing(["one", "two"]),
                ],
            ),
        ],
    )
    return Opened(pdf.typeset(whole))


def test_it_says_that_it_is_accessible_and_is_tagged_titled_and_of_a_language(opened):
    assert faults(opened) == []
    assert str(opened.root.Lang) == "en"
    assert str(opened.pdf.docinfo.Title) == "A report"
    assert opened.root.Outlines.Count > 0


def test_headings_tables_figures_and_lists_are_what_they_are_to_a_screen_reader(opened):
    headings = opened.roles("Title", "H1", "H2")
    assert headings == [
        ("Title", "A report"),
        ("H1", "Contents"),
        ("H1", "First"),
        ("H2", "Below"),
        ("H1", "Last"),
    ]
    (table,) = opened.tags.all("Table")
    assert [tag.text() for tag in table.all("TH")][:3] == ["Row", "Count", "Row 0"]
    assert len(list(table.all("TR"))) == 91
    (last,) = [list(row.all("TH", "TD")) for row in table.all("TR")][-1:]
    assert [(tag.role, tag.text()) for tag in last] == [("TH", "Row 89"), ("TD", "89")]
    (figure,) = [tag for tag in opened.tags.all("Figure") if "/Alt" in tag.node]
    assert str(figure.node.Alt) == "A bar of 30 of 40."
    assert [text for _, text in opened.roles("LI")][-2:] == ["• one", "• two"]
    assert "Nothing was asked for." in opened.text


def test_words_in_another_language_say_so(opened):
    spoken = {tag.text(): str(tag.node.get("/Lang", "")) for tag in opened.tags.all("P", "Span")}
    assert spoken["En español."] == "es"


def test_the_head_of_a_table_is_repeated_but_read_once(opened):
    assert len(opened.pdf.pages) > 2
    assert [text for _, text in opened.roles("TH")].count("Count") == 1


def test_the_same_document_gives_the_same_bytes_and_its_only_date_is_its_own():
    one = document(sections=[pdf.Section("A", [pdf.Paragraph("x")])])
    assert pdf.typeset(one) == pdf.typeset(one)
    assert b"2026-02-01T09:30:00" in pdf.typeset(one)


def test_what_typesetting_adds_is_in_the_language_of_the_document():
    opened = Opened(pdf.typeset(document(language="es", contents=True)))
    assert str(opened.root.Lang) == "es"


def test_the_first_cell_of_a_row_is_its_head_be_it_empty_or_followed_by_more_words():
    rows = [["", "law", "1"], ["b", "5 0 obj\n<</Type/StructElem/S/TD/P 1 0 R/A[", "2"]]
    tables = [pdf.Table("One", ["A", "B", "C"], rows, words=2), pdf.Table("Two", ["A"], [["x"]])]
    opened = Opened(pdf.typeset(document(sections=[pdf.Section("A", tables)])))
    assert faults(opened) == []
    heads = [text for _, text in opened.roles("TH")]
    assert heads == ["A", "B", "C", "", "b", "A", "x"]


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7", b"\nxref\n0 1\ntrailer\n"])
def test_what_typst_did_not_make_is_refused_and_not_half_changed(broken):
    with pytest.raises(pdf.TypesettingError, match="no table of contents"):
        tag_heads_of_rows(broken)


def test_text_is_never_markup():
    blocks = [
        pdf.Paragraph(HOSTILE),
        pdf.Facts([(HOSTILE, HOSTILE)]),
        pdf.Table(HOSTILE, [HOSTILE], [[HOSTILE]]),
        pdf.Listing([HOSTILE]),
        pdf.Note(HOSTILE, HOSTILE),
    ]
    hostile = document(
        title=HOSTILE, publisher=HOSTILE, sections=[pdf.Section(HOSTILE, blocks)], contents=True
    )
    opened = Opened(pdf.typeset(hostile))
    assert str(opened.pdf.docinfo.Title) == HOSTILE
    bare = HOSTILE.replace(" ", "")  # lines end where they must
    assert opened.roles("H1")[-1][1].replace(" ", "") == bare
    assert opened.text.replace(" ", "").count(bare) >= 9


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\u2028c\x0bd", "a\nb\nc\nd"),
        ("bell\x07 nul\x00", "bell[U+0007] nul[U+0000]"),
        ("turned \u202eeb", "turned [U+202E]eb"),
        ("中 and 😀", "[U+4E2D] and [U+1F600]"),
        ("שלום, مرحبا, Ελλάδα", "שלום, مرحبا, Ελλάδα"),
        ("half \ud800", "half [U+D800]"),
    ],
)
def test_what_the_fonts_lack_is_named_and_nothing_is_lost(text, shown):
    assert printable(text) == shown
    pdf.typeset(document(sections=[pdf.Section("A", [pdf.Paragraph(text)])]))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(text):
    blocks = [pdf.Paragraph(text), pdf.Table("T", ["H"], [[text]])]
    pdf.typeset(document(sections=[pdf.Section("A", blocks)]))


def test_a_huge_text_is_set_and_a_senseless_one_refused():
    opened = Opened(
        pdf.typeset(document(sections=[pdf.Section("A", [pdf.Paragraph("word " * 60_000)])]))
    )
    assert len(opened.pdf.pages) > 50
    many = pdf.Table("T", ["A", "B"], [["1", "2"]] * 10_001)
    for block in (pdf.Paragraph("x" * 2_000_001), many):
        with pytest.raises(pdf.TypesettingError, match="divide it"):
            pdf.typeset(document(sections=[pdf.Section("A", [block])]))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": " "}, "needs a title"),
        ({"sections": [pdf.Section("A", level=2)]}, "level 2 below level 0"),
        ({"sections": [pdf.Section("A"), pdf.Section("B", level=3)]}, "none may be skipped"),
        ({"opening": [pdf.Table("", ["A"], [])]}, "needs a caption"),
        ({"opening": [pdf.Table("T", ["A", ""], [])]}, "a head for each column"),
        ({"opening": [pdf.Table("T", ["A"], [["1", "2"]])]}, "a row of 2 cells under 1"),
        ({"opening": [pdf.Picture(CHART, "", "Caption")]}, "text that says what it shows"),
    ],
)
def test_what_could_not_be_accessible_is_refused(changes, message):
    with pytest.raises(pdf.TypesettingError, match=message):
        pdf.typeset(document(**changes))


def test_a_file_name_is_only_letters_digits_and_hyphens():
    answer = pdf.pdf_response(b"%PDF", "report-7-es")
    assert answer["Content-Disposition"] == 'inline; filename="report-7-es.pdf"'
    with pytest.raises(ValueError, match="no file name"):
        pdf.pdf_response(b"", 'x".pdf\r\nSet-Cookie: a')


def test_a_drawing_that_points_elsewhere_is_refused():
    away = CHART.replace("<rect", '<image href="file:///etc/hostname" width="9" height="9"/><rect')
    with pytest.raises(pdf.TypesettingError, match="cannot be set"):
        pdf.typeset(document(opening=[pdf.Picture(away, "A", "B")]))
