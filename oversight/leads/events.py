"""Entries that the leads room writes into the record."""

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from oversight.leads.findings import findings_of
from oversight.ledger.facts import EVENT, FactTable, declare
from oversight.ledger.registry import EventKind, register

_PUBLIC = ("agency", "day")

EXAMINATION_STARTED = register(
    EventKind(
        number=500,
        slug="examination-started",
        sentence=_("An examiner began to compare the candidates of a search."),
        public=_PUBLIC,
        committed=("examination", "run", "examiner", "at"),
    )
)
CANDIDATE_VIEWED = register(
    EventKind(
        number=501,
        slug="candidate-viewed",
        sentence=_("An examiner was shown a candidate."),
        public=_PUBLIC,
        committed=("examination", "candidate", "decision", "at"),
    )
)
CANDIDATE_JUDGED = register(
    EventKind(
        number=502,
        slug="candidate-judged",
        sentence=_("An examiner recorded what the comparison with a candidate showed."),
        public=_PUBLIC,
        committed=("judgement", "examination", "candidate", "support", "content", "at"),
    )
)
EXAMINATION_CONCLUDED = register(
    EventKind(
        number=503,
        slug="examination-concluded",
        sentence=_("An examiner closed an examination after comparing every candidate."),
        public=_PUBLIC,
        committed=("examination", "candidate", "support", "at"),
    )
)
EXAMINATION_RELEASED = register(
    EventKind(
        number=504,
        slug="examination-released",
        sentence=_("An examination was handed back or lapsed before its end."),
        public=_PUBLIC,
        committed=("examination", "reason", "at"),
    )
)
LEAD_REACHED = register(
    EventKind(
        number=505,
        slug="lead-reached",
        sentence=_("Two examiners agreed on one candidate: an investigative lead."),
        public=_PUBLIC,
        committed=("run", "rule", "candidate", "at"),
    )
)
NO_LEAD_REACHED = register(
    EventKind(
        number=506,
        slug="no-lead-reached",
        sentence=_("The examiners' comparisons gave no lead."),
        public=_PUBLIC,
        committed=("run", "rule", "at"),
    )
)
NO_CANDIDATE_RETURNED = register(
    EventKind(
        number=507,
        slug="no-candidate-returned",
        sentence=_("A search returned nobody, so that there was nothing to compare."),
        public=_PUBLIC,
        committed=("run", "rule", "at"),
    )
)
NOTICE_ACKNOWLEDGED = register(
    EventKind(
        number=508,
        slug="notice-acknowledged",
        sentence=_("An officer accepted the limits of a lead before seeing it."),
        public=_PUBLIC,
        committed=("run", "officer", "notice", "at"),
    )
)
RESULT_VIEWED = register(
    EventKind(
        number=509,
        slug="result-viewed",
        sentence=_("An officer was shown the result of a search."),
        public=_PUBLIC,
        committed=("run", "viewer", "candidate", "decision", "at"),
    )
)

SEARCH_BUNDLED = register(
    EventKind(
        number=520,
        slug="search-file-given",
        sentence=_("The file of one search was given out, to be checked independently."),
        public=_PUBLIC,
        committed=("request", "reader", "content", "purpose", "entries", "at"),
    )
)

# Facts that the nightly audit matches with their entries, both ways.
declare(
    FactTable(
        "leads.Examination",
        (EXAMINATION_STARTED,),
        "examination",
        told=[("run", "comparison_id"), ("examiner", "examiner_id")],
        moments=[("at", "started_at")],
    )
)
declare(
    FactTable(
        "leads.Judgement",
        (CANDIDATE_JUDGED,),
        "judgement",
        told=[
            ("examination", "examination_id"),
            ("candidate", "candidate"),
            ("support", "support"),
        ],
        moments=[("at", "recorded_at")],
        restated=[("content", lambda judgement: findings_of(judgement).digest)],
    )
)
declare(
    FactTable(
        "leads.Conclusion",
        (EXAMINATION_CONCLUDED,),
        "examination",
        "examination_id",
        told=[("candidate", "judgement__candidate"), ("support", "judgement__support")],
        moments=[("at", "concluded_at")],
    )
)
declare(
    FactTable(
        "leads.Release",
        (EXAMINATION_RELEASED,),
        "examination",
        "examination_id",
        told=[("reason", "reason")],
        moments=[("at", "released_at")],
    )
)
_RESULT_KINDS = {
    "lead": LEAD_REACHED,
    "no_lead": NO_LEAD_REACHED,
    "no_candidate": NO_CANDIDATE_RETURNED,
}
declare(
    FactTable(
        "leads.Result",
        tuple(_RESULT_KINDS.values()),
        "run",
        "comparison_id",
        told=[
            (EVENT, Case(*(When(kind=k, then=Value(e.slug)) for k, e in _RESULT_KINDS.items()))),
            ("rule", "rule"),
            ("candidate", "candidate"),
        ],
        moments=[("at", "reached_at")],
    )
)
declare(
    FactTable(
        "leads.Viewing",
        (CANDIDATE_VIEWED, RESULT_VIEWED),
        "decision",
        told=[("viewer", "viewer_id"), ("candidate", "candidate")],
        moments=[("at", "viewed_at")],
    )
)
declare(
    FactTable(
        "leads.Acknowledgement",
        (NOTICE_ACKNOWLEDGED,),
        "run",
        "result_id",
        told=[("officer", "officer_id"), ("notice", "notice")],
        moments=[("at", "acknowledged_at")],
    )
)
