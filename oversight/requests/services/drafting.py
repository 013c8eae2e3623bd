"""Starting a request and saving what is typed, step by step."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from oversight.people.models import Person
from oversight.requests.models import Draft, SearchRequest
from oversight.requests.services.locking import hold
from oversight.requests.services.submitting import StaleDraftError, check_editable
from recognition.gateway import store_probe

_TO_BE_SAID_AGAIN: Final[Mapping[str, None]] = {"kind": None}
"""The answer without which the step on image and source counts as open: its form keeps the
others, but the officer has to send it again, having seen the new picture beside it."""


@transaction.atomic
def start_request(*, requester: Person, answers: Mapping[str, Any] | None = None) -> SearchRequest:
    """Begin a draft, empty or with the answers of an earlier request.

    Raises:
        ValueError: the requester belongs to no unit, so that nobody could sign off.
    """
    if requester.unit is None:
        raise ValueError("Your account belongs to no unit: ask an administrator to set one.")
    request = SearchRequest.objects.create(
        agency_id=requester.agency_id, unit=requester.unit, requester=requester
    )
    Draft.objects.create(request=request, answers=dict(answers or {}))
    return request


@transaction.atomic
def save_answers(*, request: SearchRequest, answers: Mapping[str, Any], version: int) -> Draft:
    """Merge one step's answers into the draft that was opened at ``version``.

    A value of None takes the answer back.

    Raises:
        StaleDraftError: the draft has moved on since.
        NotEditableError: the request has been sent, or has ended.
    """
    draft = hold(request)
    check_editable(request=request)
    if draft.version != version:
        raise StaleDraftError
    merged = {**draft.answers, **answers}
    draft.answers = {key: value for key, value in merged.items() if value is not None}
    draft.version += 1
    draft.save(update_fields=["answers", "version", "updated_at"])
    return draft


@transaction.atomic
def add_probe(
    *, request: SearchRequest, data: bytes, claimed_type: str, version: int
) -> tuple[Draft, UUID]:
    """Keep an uploaded image, sealed, and put it into the draft; a worker looks at it next.

    What was answered about an earlier image waits to be said again of this one.

    Raises:
        recognition.gateway.ProbeRefused: the file is empty or over the limit.
        StaleDraftError, NotEditableError: as ``save_answers``.
    """
    probe = store_probe(data=data, claimed_type=claimed_type)
    answers = {"probe": str(probe), "face_index": None, **_TO_BE_SAID_AGAIN}
    return save_answers(request=request, answers=answers, version=version), probe


@transaction.atomic
def choose_face(*, request: SearchRequest, face_index: int, version: int) -> Draft:
    """Put into the draft whose face is meant.

    What was answered about another face waits to be said again of this one.

    Raises:
        StaleDraftError, NotEditableError: as ``save_answers``.
    """
    same = hold(request).answers.get("face_index") == face_index
    answers = {"face_index": face_index, **({} if same else _TO_BE_SAID_AGAIN)}
    return save_answers(request=request, answers=answers, version=version)
