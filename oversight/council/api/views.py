"""The inventory as programs read it: the same rows as its public pages, read as those read them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.urls import reverse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.council.api.shapes import TechnologyForm
from oversight.council.life import USABLE, State
from oversight.council.models import Acquisition, Technology, Vote
from oversight.council.selectors.technologies import Standing, standing_of, standings
from oversight.policy import gate
from oversight.transparency.api.filters import Paged
from oversight.transparency.api.paging import paged
from oversight.transparency.api.reading import ReadView, reads

_PLAIN: Final = ("slug", "name", "kind", "purpose", "product", "galleries", "added_at")
_OF_VOTE: Final = (
    "body",
    "voted_on",
    "carried",
    "permitted",
    "ayes",
    "noes",
    "conditions",
    "approved_from",
)


class TechnologyFilters(Paged):
    """Agencies are those of the law and those that have a technology."""

    kind = serializers.ChoiceField(
        choices=Technology.Kind.values, required=False, help_text="What it is."
    )
    state = serializers.ChoiceField(
        choices=[str(state) for state in State],
        required=False,
        help_text="Where it stands today.",
    )
    agency = serializers.ChoiceField(choices=[], required=False, help_text="Who uses it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = Technology.objects.order_by().values_list("agency_id", flat=True).distinct()
        self.offer("agency", [*gate.catalogue().agencies, *listed])


class Technologies(ReadView):
    """Every technology on the inventory, by name."""

    filters = TechnologyFilters

    @reads(
        "list_technologies",
        "Technologies",
        TechnologyForm,
        filters=TechnologyFilters,
        tag="inventory",
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(request)
        found = [one for one in standings() if _wanted(one, asked)]
        return paged(request, found, asked, lambda rows: [_told(request, one) for one in rows])


class OneTechnology(ReadView):
    """One technology."""

    @reads("get_technology", "One technology", TechnologyForm, tag="inventory")
    def get(self, request: Request, slug: str) -> Response:
        self.asked(request)
        try:
            return Response(_told(request, standing_of(slug)))
        except Technology.DoesNotExist:
            raise NotFound from None


def _wanted(one: Standing, asked: Mapping[str, Any]) -> bool:
    return bool(
        one.technology.kind == asked.get("kind", one.technology.kind)
        and one.technology.agency_id == asked.get("agency", one.technology.agency_id)
        and one.state == asked.get("state", one.state)
    )


def _told(request: Request, one: Standing) -> dict[str, Any]:
    """As ``TechnologyForm`` says it: fields by name, so that a new column is not published by itself."""
    technology = one.technology
    place = [technology.slug]
    return {
        **{name: getattr(technology, name) for name in _PLAIN},
        "maker": technology.vendor,
        "agency": technology.agency_id,
        "state": str(one.state),
        "usable": one.state in USABLE,
        "approval_ends": one.renewal_due,
        "votes": list(_votes(request, technology)),
        "url": request.build_absolute_uri(reverse("council_api:technology", args=place)),
        "page": request.build_absolute_uri(reverse("council:technology", args=place)),
    }


def _votes(request: Request, technology: Technology) -> Iterator[dict[str, Any]]:
    """Every vote, the newest proposal first."""
    for acquisition in technology.acquisitions.all():
        for vote in acquisition.votes.all():
            yield _vote(request, technology, acquisition, vote)


def _vote(
    request: Request, technology: Technology, acquisition: Acquisition, vote: Vote
) -> dict[str, Any]:
    signed = vote.signed_document
    address = reverse("council:document", args=[technology.slug, signed.pk, signed.name])
    return {
        **{name: getattr(vote, name) for name in _OF_VOTE},
        "aim": acquisition.aim,
        "confirmed": hasattr(vote, "confirmation"),
        "approval_ends": vote.renewal_due,
        "signed_document": request.build_absolute_uri(address),
        "signed_document_digest": signed.digest,
    }
