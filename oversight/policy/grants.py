"""What the database roles may do with this room's tables: acts are only ever inserted."""

_ACTS = ("policy_proposal", "policy_adoption", "policy_suspension", "policy_lifting")

TABLES = {
    "web": {
        **dict.fromkeys((*_ACTS, "policy_replayrun", "policy_replayresult"), "SELECT, INSERT"),
        "policy_replayprogress": "SELECT, INSERT, UPDATE",
    },
    # The state of the law is read with the day of the act where its author's agency is.
    "relay": dict.fromkeys(_ACTS, "SELECT"),
    # For the banner on the pages of publications, and the feed.
    "public": {
        "policy_suspension": "SELECT",
        "policy_lifting": "SELECT",
        "policy_adoptedact": "SELECT",
    },
}
