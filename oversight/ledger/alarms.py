"""What is wrong with the record, or may be: for the board, who need not know how it works."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.ledger.configuration import Configuration
from oversight.ledger.selectors import entries_held, open_fields
from oversight.ledger.stamping import stamp_files
from oversight.ledger.status import PublishedEntry, Standing, WitnessStanding, last_audit

_AUDIT_LATE: Final = timedelta(days=2)  # it is nightly; one night may be missed
_SHOWN: Final = 20  # findings of an audit


@dataclass(frozen=True)
class Alarm:
    """One thing to act on: what it is, what was found, and what to do."""

    title: str
    found: str
    remedy: str


def alarms(standing: Standing) -> list[Alarm]:
    """Every alarm of this moment; none is the good news."""
    return [
        *_publication(standing),
        *(alarm for one in standing.witnesses for alarm in _witness(one)),
        *_gaps(standing),
        *_stamps(Configuration.from_settings(), timezone.now().date()),
        *_audit(last_audit(standing), timezone.localdate()),
    ]


def _publication(standing: Standing) -> Iterator[Alarm]:
    for sentence in standing.alarms:
        yield Alarm(
            _("A checkpoint is missing, late, or does not verify"),
            sentence,
            _(
                "No search runs meanwhile. Keep the last checkpoint you hold, and ask who runs this."
            ),
        )


def _witness(one: WitnessStanding) -> Iterator[Alarm]:
    if one.problem or one.cosigned_at is None:
        yield Alarm(
            _("A witness has not confirmed the newest checkpoint"),
            f"{one.name}: {one.problem or _('no signature on the newest checkpoint')}",
            _("No entry is lost. If it lasts for more than a day, ask the witness."),
        )


def _gaps(standing: Standing) -> Iterator[Alarm]:
    held, counted = entries_held()
    signed = standing.checkpoint.size if standing.checkpoint else 0
    if held != counted or held < signed:
        yield Alarm(
            _("Entries are missing from the database"),
            _("It holds %(held)d, its head counts %(counted)d, and %(signed)d were signed.")
            % {"held": held, "counted": counted, "signed": signed},
            _(
                "Entries were deleted or an old backup was restored. Secure the machine and its logs."
            ),
        )


def _stamps(configuration: Configuration, today: date) -> Iterator[Alarm]:
    if not configuration.timestamps:
        return
    newest = [date.fromisoformat(path.stem) for path in stamp_files(configuration.published)][-1:]
    if not newest or newest[0] < today - _AUDIT_LATE:
        yield Alarm(
            _("The daily checkpoint is not timestamped"),
            _("The last timestamp is of %(day)s.") % {"day": newest[0] if newest else _("no day")},
            _("The record goes on. Ask who runs this whether the authority can be reached."),
        )


def _audit(audit: PublishedEntry | None, today: date) -> Iterator[Alarm]:
    if audit is None or audit.day is None or audit.day < today - _AUDIT_LATE:
        yield Alarm(
            _("The nightly check has not run"),
            _("There is no recent self-audit among the published entries."),
            _("Ask who runs this to see to the nightly task; until then nobody has compared."),
        )
    elif audit.public["findings"]:
        for sentence in _sentences(audit.index)[:_SHOWN]:
            yield Alarm(
                _("The nightly check found something that does not match"),
                sentence,
                _("Have it explained in writing; the finding itself stays in the record."),
            )


def _sentences(index: int) -> Sequence[str]:
    """What the audit found, in its own words; they name tables and numbers, and nobody."""
    for opening in open_fields(index, ["sentences"]):
        return [str(sentence) for sentence in json.loads(opening.value)]
    return [_("What it was has been sealed.")]
