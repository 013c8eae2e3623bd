"""What editions count of the board's work (docs/decisions/0100): audits, findings, violations."""

from typing import Final

from django.db.models import Q

from oversight.council.board.models import Draw, Finding
from oversight.council.periods import ended_before_adoption, midnight
from oversight.transparency.sources import Period, Value

NAMES: Final = ("audits", "audit_findings", "audit_answers_overdue", "violations")


def board_figures(period: Period) -> dict[str, Value]:
    """Return the board's figures of a period; None where it ended before this system was in use."""
    if ended_before_adoption(period.end):
        return dict.fromkeys(NAMES)
    days = (midnight(period.start), midnight(period.end))
    found = Finding.objects.exclude(kind=Finding.Kind.COMPLIANT)
    in_period = found.filter(found_at__gte=days[0], found_at__lt=days[1])
    answered = Q(answer__isnull=False, answer__answered_at__lt=days[1])
    closed = Q(resolution__isnull=False, resolution__resolved_at__lt=days[1])
    return {
        "audits": Draw.objects.filter(drawn_at__gte=days[0], drawn_at__lt=days[1]).count(),
        "audit_findings": in_period.count(),
        "audit_answers_overdue": found.filter(answer_due__lt=period.end)
        .exclude(answered | closed)
        .count(),
        "violations": in_period.filter(kind=Finding.Kind.VIOLATION).count(),
    }
