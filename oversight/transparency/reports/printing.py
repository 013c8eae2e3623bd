"""Publications as documents to typeset: an edition of figures, and a report that was filed."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from oversight.interface import pdf
from oversight.interface.charts import Chart
from oversight.interface.components import Figure
from oversight.interface.display import moment_text
from oversight.transparency import presenting as figures
from oversight.transparency.charts import charts_of
from oversight.transparency.models import Edition
from oversight.transparency.presenting import Sheet
from oversight.transparency.reports import presenting
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.presenting import ItemView, Json

_FRONT: Final = ("requests", "refused_by_gate", "run", "leads")


def printed(publication: Edition | Report, language: str) -> pdf.Document:
    """A publication in a language, ready to typeset; the same one gives the same document."""
    with override(language):
        if isinstance(publication, Report):
            return _report(publication, language)
        return _edition(publication, language)


def _report(report: Report, language: str) -> pdf.Document:
    document = report.document
    notes = [pdf.Note(text, heading, "warning") for heading, text in presenting.notices(document)]
    facts = pdf.Facts([*presenting.facts(document), _digest(report)])
    items = presenting.items(document, report.edition.document)
    return pdf.Document(
        title=presenting.title(document),
        language=language,
        publisher=document["city"],
        dated=report.filed_at,
        subtitle=presenting.period(document),
        opening=[facts, *notes, *_changes(document)],
        contents=True,
        sections=[*(pdf.Section(item.title, list(_item(item))) for item in items), _checking()],
    )


def _item(item: ItemView) -> Iterator[pdf.Block]:
    yield pdf.Small(f"{item.law} {item.doubt}".strip())
    if item.figures:
        yield _big(item.figures)
    if item.asked:
        yield from _answer(item)
    yield from (_table(sheet) for sheet in item.sheets)
    yield from _notes_of(item.sheets)
    if item.remarks:
        yield pdf.Listing(item.remarks)


def _answer(item: ItemView) -> Iterator[pdf.Block]:
    if item.unanswered:
        yield pdf.Note(item.asked, _("Not supplied"), "warning")
        return
    yield pdf.Paragraph(item.answer)
    yield pdf.Small(item.written)


def _edition(edition: Edition, language: str) -> pdf.Document:
    document = edition.document
    told = [
        pdf.Section(question, [pdf.Paragraph(answer)], level=2)
        for question, answer in figures.story(document)
    ]
    facts = [
        (_("Edition"), _("Edition %(number)s") % {"number": edition.number}),
        (_("Period"), figures.period_text(edition)),
        (_("Frozen"), moment_text(edition.created_at)),
        _digest(edition),
    ]
    return pdf.Document(
        title=_("Face recognition by the police: the figures"),
        language=language,
        publisher=document["city"],
        dated=edition.created_at,
        subtitle=figures.period_text(edition),
        opening=[
            pdf.Facts(facts),
            *_edition_notes(edition),
            *_changes(document),
            _big(figures.figures(document, _FRONT)),
        ],
        contents=True,
        sections=[
            pdf.Section(_("In short")),
            *told,
            *_pictures(edition),
            _detail(edition),
            _meaning(edition),
            _checking(),
        ],
    )


def _edition_notes(edition: Edition) -> Iterator[pdf.Block]:
    if not edition.document["complete"]:
        yield pdf.Note(
            _(
                "The figures were made before the last day had ended. A later edition corrects them."
            ),
            _("This period was not over"),
            "warning",
        )
    if edition.document["nil_return"]:
        yield pdf.Note(presenting.nil_text(), _("A return of zero"))
    if edition.corrects_id is not None:
        text = _("It corrects edition %(number)s. What was wrong: %(because)s") % {
            "number": edition.corrects_id,
            "because": edition.because,
        }
        yield pdf.Note(text, _("This is a correction"), "warning")
    if not edition.document["tables_printed"]:
        yield pdf.Note(presenting.closed_text(), _("Tables about persons"), "warning")


def _changes(document: Json) -> Iterator[pdf.Block]:
    if lines := presenting.changes_text(document):
        yield pdf.Paragraph(_("What changed:"))
        yield pdf.Listing(lines)


def _pictures(edition: Edition) -> Iterator[pdf.Section]:
    """The charts that the page of the edition shows, each with its sentence."""
    charts = charts_of(edition.document)
    if charts:
        blocks = [block for chart in charts for block in _picture(chart)]
        yield pdf.Section(_("In pictures"), blocks)


def _picture(chart: Chart) -> Iterator[pdf.Block]:
    more = _("The numbers are in the tables below.")
    yield pdf.Picture(chart.file(), f"{chart.finding} {more}", chart.title)
    yield pdf.Small(chart.finding)


def _detail(edition: Edition) -> pdf.Section:
    text = _(
        "The totals of the whole period are exact. In tables, a number from 1 to below"
        " %(threshold)s is withheld, so that nobody can be recognized by it. Where such a number"
        " could be worked out from the others, another one is withheld with it."
    ) % {"threshold": edition.document["threshold"]}
    sheets = figures.sheets(edition.document)
    blocks = [pdf.Paragraph(text), *(_table(sheet) for sheet in sheets), *_notes_of(sheets)]
    return pdf.Section(_("In detail"), blocks)


def _meaning(edition: Edition) -> pdf.Section:
    headers = [_("What is counted"), _("What it means"), _("Number")]
    tables = [
        pdf.Table(
            group.caption,
            headers,
            [[line.definition.label, line.definition.text, line.text] for line in group.lines],
            words=2,
        )
        for group in figures.figure_groups(edition.document)
    ]
    return pdf.Section(_("Every figure, and what it counts"), tables)


def _big(shown: Sequence[Figure]) -> pdf.BigFigures:
    return pdf.BigFigures([pdf.BigFigure(str(f.value), f.label, f.note) for f in shown])


def _table(sheet: Sheet) -> pdf.Table:
    rows = [[cell.text for cell in row] for row in sheet.rows]
    words = sum(not cell.numeric for cell in sheet.rows[0])
    return pdf.Table(sheet.caption, sheet.headers, rows, words=words)


def _notes_of(sheets: Sequence[Sheet]) -> Iterator[pdf.Block]:
    """What tables say under them, each remark once."""
    yield from (
        pdf.Small(note) for note in dict.fromkeys(str(sheet.note) for sheet in sheets) if note
    )


def _digest(publication: Edition | Report) -> tuple[str, str]:
    return _("Digest (sha256)"), publication.digest


def _checking() -> pdf.Section:
    text = _(
        "The same content is published as a JSON file. Its sha256 is the digest at the head of this"
        " document. The digest stands in the public record, which nobody can change unnoticed: see"
        " the page about the record on the site where you found this document."
    )
    return pdf.Section(_("How to check this document"), [pdf.Paragraph(text)])
