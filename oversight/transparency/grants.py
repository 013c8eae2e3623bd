"""What the database roles may do with this room's tables: the public reads editions, no more."""

TABLES = {
    "web": {
        "transparency_edition": "SELECT, INSERT",
        "transparency_earliersearch": "SELECT, INSERT",
    },
    "public": {"transparency_edition": "SELECT"},
}
