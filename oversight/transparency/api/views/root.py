"""Where a program starts, and where it ends up by mistake."""

from http import HTTPStatus
from typing import Any

from django.urls import resolve, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.interface.identity import site_identity
from oversight.policy.selectors import suspension_in_force
from oversight.transparency import selectors
from oversight.transparency.api.listings import listings
from oversight.transparency.api.reading import ReadView, reads


class ListingForm(serializers.Serializer[Any]):
    """A list of the API."""

    name = serializers.CharField()
    url = serializers.URLField()
    text = serializers.CharField()


class SuspensionForm(serializers.Serializer[Any]):
    """The board's act that stops every use."""

    reason = serializers.CharField()
    since = serializers.DateTimeField()


class RootForm(serializers.Serializer[Any]):
    """What there is, and whether use is suspended."""

    city = serializers.CharField()
    version = serializers.CharField(help_text="Of the API: a change that breaks has a new address.")
    description = serializers.URLField(help_text="OpenAPI 3.1.")
    suspension = SuspensionForm(allow_null=True, help_text="Null: use is not suspended.")
    lists = ListingForm(many=True)


class Root(ReadView):
    """The start of the API."""

    @reads("get_root", "Start", RootForm)
    def get(self, request: Request) -> Response:
        self.asked(request)
        lists = [
            {
                "name": each.name,
                "url": request.build_absolute_uri(reverse(each.address)),
                "text": each.text,
            }
            for each in listings()
        ]
        return Response(
            {
                "city": site_identity().city,
                "version": "1",
                "description": request.build_absolute_uri(reverse("api:schema")),
                "suspension": _suspension(),
                "lists": lists,
            }
        )


class Absent(ReadView):
    """Every address of the API at which there is nothing; one that lacks its slash leads to it."""

    @extend_schema(exclude=True)
    def get(self, request: Request, **_kwargs: Any) -> Response:
        whole = f"{request.path}/"
        if resolve(whole).func == resolve(request.path).func:
            raise NotFound
        query = request.META["QUERY_STRING"]
        place = f"{whole}?{query}" if query else whole
        return Response(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": place})


def _suspension() -> dict[str, Any] | None:
    found = suspension_in_force(selectors.ALIAS)
    if found is None:
        return None
    return {"reason": found.reason, "since": timezone.localtime(found.suspended_at)}
