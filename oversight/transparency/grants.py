"""What the database roles may do with this room's tables: the public reads what is published."""

TABLES = {
    "web": {
        "transparency_edition": "SELECT, INSERT",
        "transparency_earliersearch": "SELECT, INSERT",
        "transparency_statement": "SELECT, INSERT",
        "transparency_report": "SELECT, INSERT",
        "transparency_typesetfile": "SELECT, INSERT",
        "transparency_reminder": "SELECT, INSERT",
    },
    "public": {
        "transparency_edition": "SELECT",
        "transparency_report": "SELECT",
        "transparency_typesetfile": "SELECT",
    },
}
