"""Why an act was not done."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, ProgrammingError
from django.utils.translation import gettext as _


class NotAllowedError(Exception):
    """This act cannot be done; the text says why. Nothing was changed.

    ``field`` names the answer that has to change, where it is one answer.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@contextmanager
def held_to_the_rules() -> Iterator[None]:
    """Turn a refusal of the database (roles, two people, days) into a `NotAllowedError`."""
    try:
        yield
    except (IntegrityError, ProgrammingError) as error:
        told = str(error).splitlines()[0]
        raise NotAllowedError(
            _("The database refused this act: %(reason)s.") % {"reason": told}
        ) from error
