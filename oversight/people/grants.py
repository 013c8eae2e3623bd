"""What the database roles may do with this room's tables, and with those of sign-in."""

_READ = ("people_agency", "people_unit", "people_rolegrant", "people_certificate")

TABLES = {
    "web": {
        **dict.fromkeys(_READ, "SELECT"),
        "people_person": "SELECT, UPDATE (last_login, password)",
        "django_session": "SELECT, INSERT, UPDATE, DELETE",
        "django_content_type": "SELECT",
        "account_emailaddress": "SELECT",
        "account_emailconfirmation": "SELECT",
        "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
        "django_migrations": "SELECT",
    },
    "relay": {**dict.fromkeys(_READ, "SELECT"), "people_person": "SELECT"},
}

# What the triggers on acts call: they run with the rights of who inserts.
FUNCTIONS = {
    "web": (
        "people_day_of(bigint, timestamptz)",
        "people_demand_role(bigint, text[], timestamptz)",
    ),
}
