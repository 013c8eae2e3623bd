"""Who is in a sample: from a place in the draw to the request."""

from dataclasses import dataclass

from oversight.council.board.models import Draw, Sample
from oversight.requests.models import SearchRequest


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a sample: its place in the draw from 1, its entry, its request, its weight."""

    place: int
    entry: int
    request: int
    weight: int


def members_of(sample: Sample) -> list[Member]:
    """Return the members in the order of the draw; none before it."""
    draw = Draw.objects.filter(sample_id=sample.number).first()
    if draw is None:
        return []
    framed = {entry: (request, weight) for entry, request, weight in sample.frame}
    return [
        Member(place, entry, *framed[entry]) for place, entry in enumerate(draw.members, start=1)
    ]


def request_at(sample: Sample, place: int) -> SearchRequest:
    """Return the request at a place of the draw.

    Raises:
        SearchRequest.DoesNotExist: the sample has no such place, or is not drawn yet.
    """
    found = [member for member in members_of(sample) if member.place == place]
    if not found:
        raise SearchRequest.DoesNotExist
    return SearchRequest.objects.select_related("agency", "unit", "requester").get(
        pk=found[0].request
    )
