"""What the database roles may do with this room's tables: facts are only ever inserted."""

_FACTS: tuple[str, ...] = (
    # Technologies, comment, complaints, records requests
    # The board
)

TABLES = {"web": dict.fromkeys(_FACTS, "SELECT, INSERT")}
