"""Entries that the requests room writes into the record.

Numbers 400-499 tell of the machine. Database triggers of this room append them (migration
0002): recognition knows no record, and no process can leave them out.
"""

from hashlib import sha256

from django.db.models import F, Func, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from oversight.ledger.facts import EVENT, INDEX, FactTable, declare
from oversight.ledger.registry import EventKind, register

SUBMITTED = register(
    EventKind(
        number=300,
        slug="request-submitted",
        sentence=_("An officer submitted a request for a search."),
        public=("agency", "day", "use_type", "offence_class"),
        committed=("request", "submission", "requester", "at", "case", "probe"),
    )
)
DECIDED = register(
    EventKind(
        number=301,
        slug="decision-made",
        sentence=_("The gate decided on a request under the rules in force."),
        public=("agency", "day", "use_type", "effect", "rules", "policy_set"),
        committed=("decision", "submission", "action", "facts", "document", "at"),
    )
)
APPROVED = register(
    EventKind(
        number=302,
        slug="request-approved",
        sentence=_("A supervisor signed off a request."),
        public=("agency", "day"),
        committed=("sign_off", "submission", "supervisor", "at"),
    )
)
RETURNED = register(
    EventKind(
        number=303,
        slug="request-returned",
        sentence=_("A supervisor returned a request to the officer."),
        public=("agency", "day"),
        committed=("sign_off", "submission", "supervisor", "reasons", "at"),
    )
)
REFUSED = register(
    EventKind(
        number=304,
        slug="request-refused",
        sentence=_("A supervisor refused a request."),
        public=("agency", "day"),
        committed=("sign_off", "submission", "supervisor", "reasons", "at"),
    )
)
WITHDRAWN = register(
    EventKind(
        number=305,
        slug="request-withdrawn",
        sentence=_("An officer withdrew a request."),
        public=("agency", "day"),
        committed=("request", "at"),
    )
)
AUTHORIZED = register(
    EventKind(
        number=306,
        slug="search-authorized",
        sentence=_("One search was authorized, to run once."),
        public=("agency", "day", "system"),
        committed=("authorization", "submission", "sign_off", "probe", "gallery", "expires_at"),
    )
)
SHEET_OPENED = register(
    EventKind(
        number=307,
        slug="sheet-opened",
        sentence=_("A supervisor opened a request and its image."),
        public=("agency", "day"),
        committed=("submission", "supervisor", "at"),
    )
)
RECEIPT_GIVEN = register(
    EventKind(
        number=308,
        slug="receipt-given",
        sentence=_("Someone was given the proof that their own act is in the record."),
        public=("agency", "day"),
        committed=("submission", "reader", "entry", "at"),
    )
)
DUTY_REPORTED = register(
    EventKind(
        number=309,
        slug="duty-reported",
        sentence=_("An officer filed a report that the rules demand after a search."),
        public=("agency", "day"),
        committed=("duty", "report", "at"),
    )
)
DUTY_OVERDUE = register(
    EventKind(
        number=310,
        slug="duty-overdue",
        sentence=_("The term of a report ended, and nothing had been filed."),
        public=("agency", "day"),
        committed=("duty", "at"),
    )
)
SEARCH_OPENED = register(
    EventKind(
        number=400,
        slug="search-opened",
        sentence=_("A worker used up an authorization; the search begins."),
        public=("agency", "day"),
        committed=("authorization", "vector_digest", "at"),
    )
)
SEARCH_RUN = register(
    EventKind(
        number=401,
        slug="search-run",
        sentence=_("A search ran."),
        public=("agency", "day"),
        committed=(
            *("authorization", "run", "started_at", "at", "model", "gallery_digest", "templates"),
            *("candidates", "candidates_digest"),
        ),
    )
)
SEARCH_FAILED = register(
    EventKind(
        number=402,
        slug="search-failed",
        sentence=_("A search could not be run."),
        public=("agency", "day"),
        committed=("authorization", "code", "at"),
    )
)
SEARCH_RECALLED = register(
    EventKind(
        number=403,
        slug="search-recalled",
        sentence=_("An authorization was taken back before its search began."),
        public=("agency", "day"),
        committed=("authorization", "at"),
    )
)
GALLERY_OPENED = register(
    EventKind(
        number=410,
        slug="gallery-opened",
        sentence=_("A gallery was opened."),
        public=("day", "system"),
        committed=("gallery", "at"),
    )
)
ENROLMENT_STARTED = register(
    EventKind(
        number=411,
        slug="enrolment-started",
        sentence=_("Photographs of one manifest began to be enrolled in a gallery."),
        public=("day", "system"),
        committed=("batch", "manifest", "lines", "at"),
    )
)
MODEL_ACTIVATED = register(
    EventKind(
        number=412,
        slug="model-activated",
        sentence=_("New searches use another face model from now on."),
        public=("day",),
        committed=("activation", "model", "at"),
    )
)
SUBJECT_EXPUNGED = register(
    EventKind(
        number=413,
        slug="subject-expunged",
        sentence=_("A person was taken out of a gallery, with all photographs and templates."),
        public=("day", "system"),
        committed=("expungement", "at"),
    )
)

# Facts that the nightly audit matches with their entries, both ways.
declare(
    FactTable(
        "requests.Submission",
        (SUBMITTED,),
        "submission",
        told=[
            ("request", "request__key"),
            ("requester", "request__requester_id"),
            ("case", "answers__case_number"),
            ("probe", "probe"),
        ],
        moments=[("at", "submitted_at")],
    )
)
declare(
    FactTable(
        "requests.Decision",
        (DECIDED,),
        "decision",
        told=[("submission", "submission_id"), ("action", "action"), ("facts", "facts_digest")],
        moments=[("at", "decided_at")],
        digested=[("facts", "facts"), ("document", "document")],
    )
)
declare(
    FactTable(
        "requests.SignOff",
        (APPROVED, RETURNED, REFUSED),
        "sign_off",
        told=[
            (EVENT, Concat(Value("request-"), F("verdict"))),
            ("submission", "submission_id"),
            ("supervisor", "supervisor_id"),
            ("reasons", "reasons"),
        ],
        moments=[("at", "signed_at")],
    )
)
declare(
    FactTable(
        "requests.Withdrawal",
        (WITHDRAWN,),
        "request",
        "request__key",
        moments=[("at", "withdrawn_at")],
    )
)
declare(
    FactTable(
        "requests.DutyReport",
        (DUTY_REPORTED,),
        "duty",
        moments=[("at", "filed_at")],
        restated=[("report", lambda filed: f"sha256:{sha256(filed.text.encode()).hexdigest()}")],
    )
)
declare(FactTable("requests.DutyOverdue", (DUTY_OVERDUE,), "duty", moments=[("at", "noted_at")]))
declare(
    FactTable(
        "recognition.Authorization",
        (AUTHORIZED,),
        INDEX,
        "ledger_index",
        told=[("authorization", "pk"), ("probe", "probe_id"), ("gallery", "gallery__slug")],
    )
)
declare(
    FactTable(
        "recognition.Opening",
        (SEARCH_OPENED,),
        "authorization",
        "authorization_id",
        told=[("vector_digest", "vector_sha256"), ("at", "opened_at")],
    )
)
declare(
    FactTable(
        "recognition.Run",
        (SEARCH_RUN,),
        "run",
        told=[
            ("authorization", "authorization_id"),
            ("started_at", "started_at"),
            ("at", "finished_at"),
            ("model", "model_sha256"),
            ("gallery_digest", "gallery_digest"),
            ("templates", "templates_compared"),
            ("candidates", "candidate_count"),
            ("candidates_digest", "candidates_sha256"),
            ("candidates_digest", Func(F("pk"), function="requests_candidates_digest")),
        ],
    )
)
declare(
    FactTable(
        "recognition.Failure",
        (SEARCH_FAILED,),
        "authorization",
        "authorization_id",
        told=[("code", "code"), ("at", "failed_at")],
    )
)
declare(FactTable("recognition.Recall", (SEARCH_RECALLED,), "authorization", "authorization_id"))
declare(FactTable("recognition.Gallery", (GALLERY_OPENED,), "gallery"))
declare(FactTable("recognition.EnrolmentBatch", (ENROLMENT_STARTED,), "batch"))
declare(FactTable("recognition.Activation", (MODEL_ACTIVATED,), "activation"))
declare(FactTable("recognition.Expungement", (SUBJECT_EXPUNGED,), "expungement"))
