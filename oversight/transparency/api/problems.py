"""Errors of the API as problem details (RFC 9457), each with the parameter and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.response import Response

CONTENT_TYPE: Final = "application/problem+json"
_PAGE: Final = "/api/"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: the anchor of its explanation on the API's page, and its title."""

    name: str
    title: str
    detail: str


INVALID: Final = Kind(
    "invalid-parameter",
    "A parameter is unknown or has a value that cannot be used",
    "Nothing was left out in silence: mend the parameters named in `errors`, and ask again.",
)
ABSENT: Final = Kind(
    "not-found",
    "There is nothing at this address",
    "Start at /api/v1/, which links to every list, or read the description at /api/schema/.",
)
METHOD: Final = Kind(
    "read-only",
    "This API only reads",
    "Use GET, HEAD or OPTIONS. Nothing can be written here.",
)
FORM: Final = Kind(
    "not-acceptable",
    "The answer exists in another form only",
    "Ask for application/json, or leave the Accept header out.",
)
TOO_MANY: Final = Kind(
    "too-many-requests",
    "Too many requests from one address",
    "Wait as many seconds as Retry-After says. Whole files are under /open-data/.",
)
BROKEN: Final = Kind(
    "unavailable", "The request could not be answered", "Try again later, or write to the city."
)

_KINDS: Final[Mapping[type[Exception], Kind]] = {
    exceptions.ValidationError: INVALID,
    exceptions.ParseError: INVALID,
    exceptions.NotFound: ABSENT,
    Http404: ABSENT,
    PermissionDenied: ABSENT,
    exceptions.MethodNotAllowed: METHOD,
    exceptions.NotAcceptable: FORM,
    exceptions.Throttled: TOO_MANY,
}
KINDS: Final = tuple(dict.fromkeys(_KINDS.values()))
TITLES: Final = {
    400: INVALID.title,
    404: ABSENT.title,
    406: FORM.title,
    429: TOO_MANY.title,
}
"""What any address may answer instead, by status."""


class WrongParameter(serializers.Serializer[Any]):
    """A parameter that cannot be used."""

    name = serializers.CharField(help_text="Name of the parameter.")
    detail = serializers.CharField(help_text="What is wrong with it.")
    remedy = serializers.CharField(help_text="What to do about it.")


class Problem(serializers.Serializer[Any]):
    """A problem (RFC 9457)."""

    type = serializers.CharField(help_text="Address of the explanation, relative to the site.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What to do.")
    errors = WrongParameter(many=True, required=False)  # type: ignore[assignment]  # RFC 9457's name


class WrongParametersError(exceptions.ValidationError):
    """Parameters that cannot be used: name, what is wrong, and the remedy of each."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("invalid")
        self.errors = errors


def answer(error: Exception, _context: Mapping[str, Any]) -> Response | None:
    """Turn what a view raised into a problem; None for a fault of ours, which goes on its way."""
    kind = next((kind for of, kind in _KINDS.items() if isinstance(error, of)), None)
    if kind is None and not isinstance(error, exceptions.APIException):
        return None
    status = getattr(error, "status_code", HTTPStatus.NOT_FOUND)
    headers = {"Cache-Control": "no-store"}
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    errors = getattr(error, "errors", None)
    return Response(
        problem(kind or BROKEN, status, errors),
        status=status,
        headers=headers,
        content_type=CONTENT_TYPE,
    )


def problem(kind: Kind, status: int, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """The body of a problem."""
    body = {
        "type": f"{_PAGE}#{kind.name}",
        "title": kind.title,
        "status": int(status),
        "detail": kind.detail,
    }
    return {**body, "errors": errors} if errors else body
