"""The papers of a meeting: what is gathered, in words, as data that is frozen.

Each sheet says whether everyone may read it. What is for everyone names nobody, gives no request
its number, and takes counts about searches only as far as editions publish them exactly.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from oversight.council.board.models import Meeting
from oversight.council.board.packs.audits import sample_sheets, violation_sheets
from oversight.council.board.packs.council import (
    council_sheets,
    proposal_sheets,
    suspension_sheets,
)
from oversight.council.board.packs.searches import figure_sheets
from oversight.council.board.packs.sheets import Sheet
from oversight.council.board.periods import Period

Json = dict[str, Any]


def pack_document(*, number: int, meeting: Meeting, since: date, until: date) -> Json:
    """Gather the pack of a meeting over the days from ``since`` to before ``until``."""
    period = Period(f"pack-{number}", since, until, "")
    sheets = [sheet for gather in _SHEETS for sheet in gather(period)]
    agenda = Sheet(_("Agenda"), public=True, lines=[sheet.title for sheet in sheets])
    return {
        "form": "oversight-board-pack/1",
        "number": number,
        "meeting": meeting.pk,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "period": {"from": since.isoformat(), "to": until.isoformat()},
        "sheets": [asdict(sheet) for sheet in (agenda, *sheets)],
    }


def public_part(document: Json) -> Json:
    """The pack as everyone may read it."""
    sheets = [sheet for sheet in document["sheets"] if sheet["public"]]
    titles = {sheet["title"] for sheet in sheets}
    agenda, *rest = sheets
    kept = [line for line in agenda["lines"] if line in titles]
    return {**document, "sheets": [{**agenda, "lines": kept}, *rest]}


_SHEETS: Final[tuple[Callable[[Period], list[Sheet]], ...]] = (
    figure_sheets,
    sample_sheets,
    violation_sheets,
    council_sheets,
    proposal_sheets,
    suspension_sheets,
)
