"""A frozen pack as a page and as PDF/UA-1: the same sheets, in the words that were frozen."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from oversight.council.board.presenting.sampling import days_text
from oversight.interface import pdf
from oversight.interface.components import SummaryRow
from oversight.interface.display import moment_text
from oversight.transparency.presenting import Cell

Json = Mapping[str, Any]


def pack_rows(document: Json, digest: str) -> list[SummaryRow]:
    """What a pack is about."""
    period = document["period"]
    days = days_text(date.fromisoformat(period["from"]), date.fromisoformat(period["to"]))
    return [
        SummaryRow(_("Meeting"), moment_text(datetime.fromisoformat(document["starts_at"]))),
        SummaryRow(_("Place"), document["place"]),
        SummaryRow(_("Period"), days),
        SummaryRow(_("Fingerprint (SHA-256)"), digest.removeprefix("sha256:")),
    ]


def sheets_of(document: Json) -> list[dict[str, Any]]:
    """The sheets for a page: each cell with the head of its column, for narrow screens."""
    return [
        {
            **sheet,
            "several": len(sheet["lines"]) > 1,
            "tables": [_grid(grid) for grid in sheet["tables"]],
        }
        for sheet in document["sheets"]
    ]


def pack_pdf(document: Json, *, digest: str, frozen_at: datetime) -> bytes:
    """The pack as PDF/UA-1; the same pack gives the same bytes. Its words are English, as frozen."""
    with translation.override("en"):
        facts = [(row.label, str(row.value)) for row in pack_rows(document, digest)]
        paper = pdf.Document(
            title=_("Oversight board: meeting pack %(number)s") % {"number": document["number"]},
            language="en",
            publisher=settings.CITY_NAME,
            dated=frozen_at,
            opening=[pdf.Facts(facts)],
            sections=[_section(sheet) for sheet in document["sheets"]],
        )
        return pdf.typeset(paper)


def _grid(grid: Json) -> dict[str, Any]:
    headers, words = grid["headers"], grid["words"]
    rows = [
        [
            Cell(text, header, numeric=place >= words)
            for place, (text, header) in enumerate(zip(row, headers, strict=True))
        ]
        for row in grid["rows"]
    ]
    heads = [Cell(text, text, numeric=place >= words) for place, text in enumerate(headers)]
    return {**grid, "headers": heads, "rows": rows}


def _section(sheet: Json) -> pdf.Section:
    lines = sheet["lines"]
    blocks: list[pdf.Block] = [pdf.Listing(lines)] if len(lines) > 1 else []
    blocks += [pdf.Paragraph(line) for line in lines if len(lines) == 1]
    blocks += [
        pdf.Table(grid["caption"], grid["headers"], grid["rows"], words=grid["words"])
        for grid in sheet["tables"]
    ]
    return pdf.Section(sheet["title"], blocks)
