"""Who acts: the signed-in person of a request. People are another room; only the key is read."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def person_of(request: HttpRequest) -> AbstractBaseUser:
    """The person; PermissionDenied where nobody is signed in, which the access table excludes."""
    if not isinstance(request.user, AbstractBaseUser):
        raise PermissionDenied
    return request.user
