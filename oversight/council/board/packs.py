"""The papers of a meeting: what is gathered, in words, as data that is frozen.

Each sheet says whether everyone may read it. What is for everyone names nobody, gives no request
its number, and takes counts about searches only as far as editions publish them exactly.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from oversight.council.board import selectors
from oversight.council.board.documents import sample_document
from oversight.council.board.figures import Line, dashboard
from oversight.council.board.models import Finding, Meeting, Sample
from oversight.council.board.periods import Period
from oversight.council.board.tables import finding_state, notice_state
from oversight.interface.display import date_text, moment_text
from oversight.policy.models import Proposal, Suspension
from oversight.policy.presenting.safeguards import SAFEGUARDS
from oversight.policy.selectors import proposals, suspensions
from oversight.transparency import sources
from oversight.transparency.definitions import SUPPLIED

Json = dict[str, Any]
_EXACT: Final = ("requests", "refused_by_gate", "refused_by_supervisor", "run")
_COUNCIL: Final = (
    *("complaints", "complaints_open", "complaints_sustained", "technologies"),
    "records_requests",
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first ``words`` columns hold words, the others numbers."""

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of the pack, and whether it is for everyone."""

    title: str
    public: bool
    lines: Sequence[str] = ()
    tables: Sequence[Grid] = field(default_factory=tuple)


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


def _figures(period: Period) -> list[Sheet]:
    board = dashboard(period)
    exact = [line for line in board.volume if line.name in _EXACT]
    before = _("The figures of the days before stand beside them.")
    return [
        Sheet(
            _("Figures of the period"),
            public=True,
            lines=[before, _("Published reports give them in full, with small counts withheld.")],
            tables=[_lines_grid(_("Requests and searches"), exact)],
        ),
        Sheet(
            _("Figures for the board"),
            public=False,
            tables=[
                _lines_grid(_("Requests"), board.volume),
                _lines_grid(_("Results of the searches"), board.results),
                _lines_grid(_("Verdicts"), board.verdicts),
            ],
        ),
        Sheet(
            _("Requests that the rules refused"),
            public=True,
            lines=[] if board.refusals else [_("None in this period.")],
            tables=[_refusals(board.refusals)] if board.refusals else [],
        ),
    ]


def _lines_grid(caption: str, lines: Iterable[Line]) -> Grid:
    headers = [_("Figure"), _("This period"), _("Before")]
    return Grid(caption, headers, [[str(line.label), line.now, line.before] for line in lines])


def _refusals(lines: Iterable[Line]) -> Grid:
    headers = [_("Rule"), _("Why it refused"), _("This period"), _("Before")]
    rows = [[line.rule, str(line.label), line.now, line.before] for line in lines]
    return Grid(_("Refusals by rule"), headers, rows, words=2)


def _samples(period: Period) -> list[Sheet]:
    found = [one for one in Sample.objects.order_by("number") if _touches(one, period)]
    public = Sheet(
        _("Samples and findings"),
        public=True,
        lines=[] if found else [_("No sample was announced or is open.")],
        tables=[_sample_grid(found)] if found else [],
    )
    waiting = list(selectors.unanswered())
    board = Sheet(
        _("Findings that wait for an answer"),
        public=False,
        lines=[] if waiting else [_("None.")],
        tables=[_finding_grid(waiting)] if waiting else [],
    )
    return [public, board]


def _touches(sample: Sample, period: Period) -> bool:
    day = timezone.localdate(sample.announced_at)
    still_open = selectors.unanswered().filter(sample=sample).exists()
    return still_open or period.start <= day < period.end


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


def _violations(period: Period) -> list[Sheet]:
    found = [
        one
        for one in selectors.violations()
        if period.start <= timezone.localdate(one.found_at) < period.end
    ]
    counted = _("Violations recorded in the period: %(count)s.") % {"count": len(found)}
    late = sum(
        str(notice_state(notice)) in _late() for one in found for notice in one.notices.all()
    )
    told = _("Notices of them that were late: %(count)s.") % {"count": late}
    rows = [
        [
            f"{one.safeguard} {SAFEGUARDS.get(one.safeguard, '')}",
            _notices(one),
            str(finding_state(one)),
        ]
        for one in found
    ]
    headers = [_("Rule"), _("Notices"), _("Standing")]
    grid = Grid(_("Register of violations"), headers, rows, words=3)
    return [
        Sheet(_("Violations"), public=True, lines=[counted, told]),
        Sheet(
            _("Violations, for the board"),
            public=False,
            lines=[] if rows else [_("None in this period.")],
            tables=[grid] if rows else [],
        ),
    ]


def _notices(finding: Finding) -> str:
    return "; ".join(
        f"{one.get_office_display()}: {notice_state(one)}" for one in finding.notices.all()
    )


def _late() -> set[str]:
    return {_("told late"), _("not told, and late")}


def _council(period: Period) -> list[Sheet]:
    """What the council's room counts, through the same source as the editions."""
    told = sources.supplied_figures(sources.Period(period.start, period.end))
    rows = [[str(SUPPLIED[name].label), _supplied(told.get(name))] for name in _COUNCIL]
    grid = Grid(_("Complaints, technologies and records"), [_("Figure"), _("This period")], rows)
    return [
        Sheet(_("Complaints, technologies and requests for records"), public=True, tables=[grid])
    ]


def _supplied(value: sources.Value) -> str:
    return _("not yet recorded") if value is None else number_format(value)


def _proposals(_period: Period) -> list[Sheet]:
    pending = [
        one
        for one in proposals()
        if not hasattr(one, "adoption") and one.takes_effect >= timezone.localdate()
    ]
    headers = [_("Proposal"), _("Kind"), _("Takes effect")]
    rows = [[str(one), _kind(one), date_text(one.takes_effect)] for one in pending]
    return [
        Sheet(
            _("Proposed changes of the rules"),
            public=True,
            lines=[] if rows else [_("None is pending.")],
            tables=[Grid(_("Pending proposals"), headers, rows, words=3)] if rows else [],
        )
    ]


def _kind(proposal: Proposal) -> str:
    return str(proposal.get_kind_display())


def _suspensions(period: Period) -> list[Sheet]:
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
        Sheet(
            _("Suspensions"),
            public=True,
            lines=[] if rows else [_("None in this period.")],
            tables=[Grid(_("Suspensions of all use"), headers, rows, words=3)] if rows else [],
        )
    ]


def _in_period(one: Suspension, period: Period) -> bool:
    lifted = timezone.localdate(one.lifting.lifted_at) if hasattr(one, "lifting") else period.last
    return timezone.localdate(one.suspended_at) < period.end and lifted >= period.start


_SHEETS: Final[tuple[Callable[[Period], list[Sheet]], ...]] = (
    _figures,
    _samples,
    _violations,
    _council,
    _proposals,
    _suspensions,
)
