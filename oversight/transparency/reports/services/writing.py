"""Writing the parts of a report that figures cannot tell."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.ledger.services import append_entry
from oversight.people.models import Person
from oversight.transparency.document import digest_of
from oversight.transparency.reports import events, selectors
from oversight.transparency.reports.calendar import Term
from oversight.transparency.reports.catalogue import Pack
from oversight.transparency.reports.models import Statement
from oversight.transparency.reports.services.shared import (
    ReportRefusedError,
    wait_for_others,
    where,
)

TEXT_LIMIT: Final = 20_000
"""Characters that a statement may have."""


@transaction.atomic
def write_statement(
    *, author: Person, pack: Pack, term: Term, item: str, text: str, at: datetime | None = None
) -> Statement:
    """Keep what a person wrote for an item as its newest version; the same text again is no version.

    Raises:
        ReportRefusedError: the item asks for nothing, or the text is too long.
    """
    text = text.replace("\r\n", "\n").strip()
    if pack.item(item).ask is None:
        raise ReportRefusedError(_("This part is filled from the figures alone."))
    if len(text) > TEXT_LIMIT:
        raise ReportRefusedError(_("Write at most %(limit)s characters.") % {"limit": TEXT_LIMIT})
    wait_for_others()
    newest = selectors.versions_of(pack.slug, term.start, term.end, item).first()
    if newest is not None and newest.text == text:
        return newest
    at = at or timezone.now()
    statement = Statement.objects.create(
        pack=pack.slug,
        period_from=term.start,
        period_to=term.end,
        item=item,
        version=newest.version + 1 if newest else 1,
        text=text,
        author=author,
        written_at=at,
    )
    append_entry(
        event=events.STATEMENT_WRITTEN,
        public={**where(at), "document": digest_of({"text": text})},
        committed={
            "statement": statement.pk,
            "pack": pack.slug,
            "item": item,
            "author": str(author.pk),
            "at": at.isoformat(),
        },
    )
    return statement
