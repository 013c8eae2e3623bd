"""What the database roles may do with the board's tables: add facts; the public reads publications."""

_FACTS = (
    "board_sample",
    "board_draw",
    "board_finding",
    "board_answer",
    "board_resolution",
    "board_recipientchange",
    "board_recipientconfirmation",
    "board_notice",
    "board_dispatch",
    "board_meeting",
    "board_pack",
    "board_publication",
    "board_usagereview",
)

TABLES = {
    "web": dict.fromkeys(_FACTS, "SELECT, INSERT"),
    "public": {"board_publication": "SELECT"},
}
