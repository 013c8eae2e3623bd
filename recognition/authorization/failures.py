"""Every reason for which an authorized search fails for good. The wording stands here once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from recognition.exchange import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class FailureCode(StrEnum):
    """Codes are stable: they stand in the record."""

    EXPIRED = "expired"
    OTHER_PROBE = "other_probe"
    PROBE_UNREADABLE = "probe_unreadable"
    UNFIT_VECTOR = "unfit_vector"
    ENGINE_UNAVAILABLE = "engine_unavailable"


_AGAIN = _("Ask for sign-off again.")
_TEXTS: dict[FailureCode, tuple[StrPromise, StrPromise]] = {
    FailureCode.EXPIRED: (
        _("The authorization expired before a worker could run the search."),
        _AGAIN,
    ),
    FailureCode.OTHER_PROBE: (
        _("The stored image is not the one that was authorized. The search was not run."),
        _("Tell the administrator: the image or its digest was changed."),
    ),
    FailureCode.PROBE_UNREADABLE: (
        _("The stored image could not be unsealed or read. The search was not run."),
        _("Tell the administrator, then make a new request with the original image."),
    ),
    FailureCode.UNFIT_VECTOR: (
        _("No usable template could be made of the chosen face. The search was not run."),
        _("Make a new request with a better image of the person."),
    ),
    FailureCode.ENGINE_UNAVAILABLE: (
        _("The face model that was authorized could not be used. The search was not run."),
        _("Tell the administrator, then ask for sign-off again."),
    ),
}


def describe_failure(code: str) -> Refusal:
    """The failure in the language of the moment. Raises ValueError for an unknown code."""
    message, remedy = _TEXTS[FailureCode(code)]
    return Refusal(code, str(message), str(remedy))
