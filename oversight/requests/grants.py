"""What the database roles may do with this room's tables. Only drafts can change."""

_FACTS = (
    "requests_searchrequest",
    "requests_submission",
    "requests_decision",
    "requests_signoff",
    "requests_withdrawal",
    "requests_permission",
    "requests_duty",
    "requests_dutyreport",
    "requests_dutyoverdue",
)

TABLES = {
    "web": {
        **dict.fromkeys(_FACTS, "SELECT, INSERT"),
        "requests_draft": "SELECT, INSERT, UPDATE",
    },
    "relay": {
        **dict.fromkeys(_FACTS, "SELECT"),
        "requests_decision": "SELECT, INSERT",
        "requests_duty": "SELECT, INSERT",
    },
}

# Which authorization an entry is for: checked by the worker against the signed entry itself.
FUNCTIONS = {
    "worker": ("requests_authorization_told(bigint)",),
    "web": ("requests_candidates_digest(uuid)",),  # for the nightly audit
}
