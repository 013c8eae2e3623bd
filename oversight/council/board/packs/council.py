"""What the council's room and the policy room hold for a meeting, in a pack."""

from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from oversight.council.board.packs.sheets import Grid, Sheet, sheet_of
from oversight.council.board.periods import Period
from oversight.council.life import LABELS, State
from oversight.council.models import Comment, Consultation
from oversight.council.selectors import comment, technologies
from oversight.interface.display import date_text, moment_text
from oversight.policy.models import Suspension
from oversight.policy.selectors import proposals, suspensions
from oversight.transparency import sources
from oversight.transparency.definitions import SUPPLIED

_COUNCIL: Final = (
    "complaints",
    "complaints_open",
    "complaints_sustained",
    "records_requests",
)
_DUE: Final = frozenset({State.RENEWAL_DUE, State.EXPIRED})
_STANCES: Final = (Comment.Stance.FOR, Comment.Stance.AGAINST)
_RECENT: Final = timedelta(days=90)
"""So long a closed consultation stays among the papers."""


def council_sheets(period: Period) -> list[Sheet]:
    """What the council's room counts, through the same source as the editions."""
    told = sources.supplied_figures(sources.Period(period.start, period.end))
    rows = [[str(SUPPLIED[name].label), _supplied(told.get(name))] for name in _COUNCIL]
    headers = [_("Figure"), _("This period")]
    return [
        Sheet(
            _("Complaints and requests for records"),
            public=True,
            tables=[Grid(_("Received and decided"), headers, rows)],
        ),
        _renewals(),
        _consultations(),
    ]


def _renewals() -> Sheet:
    """Technologies whose approval has ended, or ends within the time that calls for a renewal."""
    due = [one for one in technologies.standings() if one.state in _DUE]
    headers = [_("Technology"), _("Standing"), _("Approved until")]
    rows = [[one.technology.name, str(LABELS[one.state]), _day(one.renewal_due)] for one in due]
    return sheet_of(
        _("Technologies due for renewal"),
        public=True,
        grid=Grid(_("Renewals"), headers, rows, words=3),
        nothing=_("None."),
    )


def _consultations() -> Sheet:
    """Proposals that are open to comment or closed since, with what was said and how often."""
    rows = [_consultation(one) for one in comment.consultations() if _current(one)]
    headers = [_("Proposal"), _("Comment closes"), _("Comments"), _("For"), _("Against")]
    headers.append(_("Different texts"))
    return sheet_of(
        _("Public comment"),
        public=True,
        grid=Grid(_("Proposals and comments"), headers, rows, words=2),
        nothing=_("Nothing is open to comment."),
    )


def _consultation(one: Consultation) -> list[str]:
    tally = comment.tally_of(one)
    distinct = _("not grouped yet") if tally.distinct is None else number_format(tally.distinct)
    counts = [tally.total, *(tally.by_stance[stance] for stance in _STANCES)]
    return [one.title, moment_text(one.closes_at), *map(number_format, counts), distinct]


def _current(one: Consultation) -> bool:
    return one.closes_at > timezone.now() - _RECENT and one.opens_at <= timezone.now()


def _day(day: date | None) -> str:
    return date_text(day) if day else ""


def _supplied(value: sources.Value) -> str:
    return _("not yet recorded") if value is None else number_format(value)


def proposal_sheets(_period: Period) -> list[Sheet]:
    """Changes of the rules that were proposed and can still be adopted."""
    pending = [
        one
        for one in proposals()
        if not hasattr(one, "adoption") and one.takes_effect >= timezone.localdate()
    ]
    headers = [_("Proposal"), _("Kind"), _("Takes effect")]
    rows = [[str(one), str(one.get_kind_display()), date_text(one.takes_effect)] for one in pending]
    return [
        sheet_of(
            _("Proposed changes of the rules"),
            public=True,
            grid=Grid(_("Pending proposals"), headers, rows, words=3),
            nothing=_("None is pending."),
        )
    ]


def suspension_sheets(period: Period) -> list[Sheet]:
    """Suspensions that were in force on a day of the period."""
    found = [one for one in suspensions() if _in_period(one, period)]
    headers = [_("Suspended"), _("Lifted"), _("Reason")]
    rows = [
        [
            moment_text(one.suspended_at),
            moment_text(one.lifting.lifted_at) if hasattr(one, "lifting") else _("in force"),
            one.reason,
        ]
        for one in found
    ]
    return [
        sheet_of(
            _("Suspensions"),
            public=True,
            grid=Grid(_("Suspensions of all use"), headers, rows, words=3),
            nothing=_("None in this period."),
        )
    ]


def _in_period(one: Suspension, period: Period) -> bool:
    lifted = timezone.localdate(one.lifting.lifted_at) if hasattr(one, "lifting") else period.last
    return timezone.localdate(one.suspended_at) < period.end and lifted >= period.start
