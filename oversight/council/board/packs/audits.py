"""Samples, findings and violations, in a pack."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from oversight.council.board import selectors
from oversight.council.board.documents import sample_document
from oversight.council.board.models import Finding, Sample
from oversight.council.board.packs.sheets import Grid, Sheet, sheet_of
from oversight.council.board.periods import Period
from oversight.council.board.tables import finding_state, told
from oversight.council.periods import midnight
from oversight.interface.display import date_text
from oversight.policy.presenting.safeguards import SAFEGUARDS


def sample_sheets(period: Period) -> list[Sheet]:
    """Samples of the period or still open, and for the board the findings that wait."""
    found = list(_samples_of(period))
    public = sheet_of(
        _("Samples and findings"),
        public=True,
        grid=_sample_grid(found),
        nothing=_("No sample was announced or is open."),
    )
    board = sheet_of(
        _("Findings that wait for an answer"),
        public=False,
        grid=_finding_grid(selectors.unanswered()),
        nothing=_("None."),
    )
    return [public, board]


def _samples_of(period: Period) -> QuerySet[Sample]:
    """Samples announced in the period, and those with a finding that still wants an answer."""
    still_open = selectors.unanswered().order_by().values("sample")
    announced = Q(announced_at__gte=midnight(period.start), announced_at__lt=midnight(period.end))
    return Sample.objects.filter(announced | Q(pk__in=still_open)).order_by("number")


def _sample_grid(samples: Iterable[Sample]) -> Grid:
    rows = []
    for sample in samples:
        found = sample_document(sample)["findings"]
        counts = ["members", "reviewed", "compliant", "violation", "question", "answered"]
        values = [number_format(found[name]) for name in counts] if found else ["0"] * len(counts)
        rows.append([str(sample), str(sample.get_kind_display()), *values])
    headers = [_("Sample"), _("Kind"), _("Members"), _("Looked at"), _("Comply")]
    headers += [_("Violations"), _("Questions"), _("Answered")]
    return Grid(_("Samples"), headers, rows, words=2)


def _finding_grid(findings: Iterable[Finding]) -> Grid:
    headers = [_("Finding"), _("Kind"), _("Rule"), _("Answer due"), _("Standing")]
    rows = [
        [
            str(one),
            str(one.get_kind_display()),
            one.safeguard,
            date_text(one.answer_due) if one.answer_due else "",
            str(finding_state(one)),
        ]
        for one in findings
    ]
    return Grid(_("Findings"), headers, rows, words=5)


def violation_sheets(period: Period) -> list[Sheet]:
    """How many violations were recorded and told; for the board, the register."""
    found = [
        one
        for one in selectors.violations()
        if period.start <= timezone.localdate(one.found_at) < period.end
    ]
    counted = _("Violations recorded in the period: %(count)s.") % {"count": len(found)}
    now = timezone.now()
    late = sum(notice.is_late(now) for one in found for notice in one.notices.all())
    in_time = _("Notices of them that were late: %(count)s.") % {"count": late}
    rows = [
        [
            f"{one.safeguard} {SAFEGUARDS.get(one.safeguard, '')}",
            told(one),
            str(finding_state(one)),
        ]
        for one in found
    ]
    headers = [_("Rule"), _("Notices"), _("Standing")]
    grid = Grid(_("Register of violations"), headers, rows, words=3)
    return [
        Sheet(_("Violations"), public=True, lines=[counted, in_time]),
        sheet_of(
            _("Violations, for the board"),
            public=False,
            grid=grid,
            nothing=_("None in this period."),
        ),
    ]
