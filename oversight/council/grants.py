"""What the database roles may do with this room's tables: facts are only ever inserted."""

# What the gate's inventory is read from, at every decision.
_INVENTORY = (
    "council_technology",
    "council_acquisition",
    "council_vote",
    "council_judgement",
    "council_voteconfirmation",
    "council_standingchange",
)

_FACTS = (
    *_INVENTORY,
    "council_document",
    "council_documentcontent",
    "council_hearing",
    "council_yearlycost",
    "council_consultation",
    "council_comment",
    "council_consentwithdrawal",
    "council_moderation",
    "council_complaint",
    "council_acknowledgement",
    "council_comparison",
    "council_finding",
    "council_recordsrequest",
    "council_recordsanswer",
)

TABLES = {
    "web": {
        **dict.fromkeys(_FACTS, "SELECT, INSERT"),
        # Personal data, kept only as long as it is consented to or needed.
        "council_commentauthor": "SELECT, INSERT, DELETE",
        "council_complaintcontact": "SELECT, INSERT, DELETE",
        # Working papers, computed from facts or counted for an hour.
        "council_grouping": "SELECT, INSERT, UPDATE",
        "council_sourcecount": "SELECT, INSERT, UPDATE, DELETE",
    },
    "relay": dict.fromkeys(_INVENTORY, "SELECT"),
}
