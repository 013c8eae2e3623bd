"""Who is looking: the signed-in person of a request, typed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from oversight.people.models import Person


def viewer_of(request: HttpRequest) -> Person:
    """Return the signed-in person.

    Raises:
        PermissionDenied: nobody is signed in. The access table lets nobody in who is not, so
            this can only mean that a page states the wrong audience.
    """
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
