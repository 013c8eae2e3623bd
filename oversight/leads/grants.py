"""What the database roles may do with this room's tables: add facts, and read them."""

_FACTS = (
    "leads_examination",
    "leads_release",
    "leads_viewing",
    "leads_judgement",
    "leads_conclusion",
    "leads_result",
    "leads_acknowledgement",
)

TABLES = {
    "web": {
        # Inserted by the database itself, in the transaction of the run.
        "leads_comparison": "SELECT",
        **dict.fromkeys(_FACTS, "SELECT, INSERT"),
    }
}

FUNCTIONS = {"web": ("leads_hold(uuid)",)}
