"""What the board publishes, as data: plans and results of samples, and notices of meetings.

Nobody is named, no request has its number, and counts by rule are withheld where they are small:
a member of a sample is told by the index of its entry alone, which anyone can read in the record.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils import timezone

from oversight.council.board.models import Draw, Finding, Meeting, Sample
from oversight.council.data import read_data
from oversight.interface.display import SMALL
from oversight.transparency.suppression import protect

Json = dict[str, Any]

METHOD: Final = "oversight/board-sample/v1"
_KINDS: Final = (Finding.Kind.VIOLATION, Finding.Kind.QUESTION)


def plan_of(sample: Sample) -> Json:
    """What is announced: enough to draw the sample again, and to find its frame in the record."""
    weighted = sample.kind == Sample.Kind.RISK
    weights = {trait: row["adds"] for trait, row in read_data("weights").items()}
    return {
        "method": METHOD,
        "sample": sample.number,
        "kind": str(sample.kind),
        "since": sample.since.isoformat(),
        "until": sample.until.isoformat(),
        "announced_on": timezone.localdate(sample.announced_at).isoformat(),
        "size": sample.size,
        "left_out": sample.left_out,
        "weights": weights if weighted else {},
        "frame": [[entry, weight] for entry, _request, weight in sample.frame],
    }


def sample_document(sample: Sample) -> Json:
    """A sample as it stands: its draw if it was drawn, and what was found.

    The plan with its frame, which can be long, is published once, with the announcement.
    """
    plan = dict(sample.plan)
    frame = plan.pop("frame")
    draw = Draw.objects.filter(sample_id=sample.number).first()
    return {
        "form": "oversight-board-sample/1",
        **plan,
        "frame_size": len(frame),
        "announcement": sample.digest,
        "draw": draw
        and {
            "announcement_entry": sample.entry,
            "tree_size": draw.tree_size,
            "root": draw.root,
            "members": draw.members,
            "drawn_on": timezone.localdate(draw.drawn_at).isoformat(),
        },
        "findings": _findings(sample, len(draw.members)) if draw else None,
    }


def meeting_document(meeting: Meeting) -> Json:
    """The notice of a meeting."""
    return {
        "form": "oversight-board-meeting/1",
        "meeting": meeting.pk,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
    }


def _findings(sample: Sample, members: int) -> Json:
    found = list(
        Finding.objects.filter(sample_id=sample.number).select_related("answer", "resolution")
    )
    kinds = Counter(finding.kind for finding in found)
    reviewed = len({finding.place for finding in found})
    outcomes = Counter(each.resolution.outcome for each in found if hasattr(each, "resolution"))
    awaited = [each for each in found if awaits_answer(each)]
    return {
        "members": members,
        "reviewed": reviewed,
        **{str(kind): kinds[kind] for kind in Finding.Kind},
        "answered": sum(hasattr(finding, "answer") for finding in found),
        "awaited": _by_day([each.answer_due for each in awaited if each.answer_due]),
        "outcomes": dict(sorted(outcomes.items())),
        # While members are still looked at, a rule that appears would tell which one it was.
        "by_rule": _by_rule(found) if reviewed == members else None,
    }


def awaits_answer(finding: Finding) -> bool:
    """Tell whether the department still owes an answer: neither answered nor closed."""
    return not (
        finding.kind == Finding.Kind.COMPLIANT
        or hasattr(finding, "answer")
        or hasattr(finding, "resolution")
    )


def _by_day(days: Sequence[date]) -> dict[str, int]:
    return {day.isoformat(): count for day, count in sorted(Counter(days).items())}


def _by_rule(found: Sequence[Finding]) -> Json:
    counted = Counter((f.safeguard, f.kind) for f in found if f.kind != Finding.Kind.COMPLIANT)
    rules = sorted({safeguard for safeguard, _kind in counted})
    counts = [[counted[rule, kind] for kind in _KINDS] for rule in rules]
    withheld = protect(counts, threshold=SMALL).withheld if counts else frozenset()
    return {
        rule: {
            str(kind): None if (row, column) in withheld else counts[row][column]
            for column, kind in enumerate(_KINDS)
        }
        for row, rule in enumerate(rules)
    }
