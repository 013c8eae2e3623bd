"""What was typed into a form whose session had ended: carried through sign-in, and lost nowhere.

The fields travel in the sign-in page, signed and bound to the address they were typed at, and
come back once, at that address: in the form (``posted_or_typed``), or else above it, to be copied
(``typed_left``). Files and secrets are not carried.
"""

from typing import Final

from django.core import signing
from django.http import HttpRequest, QueryDict

FIELD: Final = "typed_before"
_KEPT_SECONDS: Final = 12 * 60 * 60
_SALT: Final = "oversight.people.carrying"
_NEVER: Final = ("csrfmiddlewaretoken", "password", "code", "statement", FIELD)


def pack_typed(request: HttpRequest) -> str:
    """Return what was sent, ready to stand in a hidden field of the sign-in page."""
    fields = request.POST.copy()
    for name in _NEVER:
        fields.pop(name, None)
    content = {"path": request.path, "fields": fields.urlencode()}
    return signing.dumps(content, salt=_SALT, compress=True)


def keep_typed(request: HttpRequest) -> None:
    """After sign-in: move what the page carried into the new session.

    What is forged, too old or absent is passed over: there is then nothing to show again.
    """
    carried = request.POST.get(FIELD, "")
    try:
        request.session[FIELD] = signing.loads(carried, salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        return


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return, once, what was typed at this address before the session ended; else None."""
    kept = request.session.get(FIELD)
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[FIELD]
    return QueryDict(kept["fields"])


def typed_left(request: HttpRequest) -> list[str]:
    """Return, once, the texts typed at this address that no form of the page has taken back."""
    kept = typed_before(request)
    values = [value for _name, given in kept.lists() for value in given] if kept else []
    return [value for value in values if len(value.split()) > 1]


def posted_or_typed(request: HttpRequest) -> QueryDict | None:
    """What a form is filled from: what was posted, or else what was typed before, once."""
    return request.POST if request.method == "POST" else typed_before(request)
