#!/usr/bin/env python3
"""Django's command line, each command under the database role it needs and no more."""

import os
import sys


def main() -> None:
    """Run one management command.

    The database role follows from the command (see ``oversight.site.roles``) unless
    ``OVERSIGHT_ROLE`` names another.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.site.settings")
    from oversight.site.roles import role_of_command  # noqa: PLC0415  (after the settings module is named)

    os.environ.setdefault("OVERSIGHT_ROLE", role_of_command(sys.argv[1:]))
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (after the role is chosen)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
