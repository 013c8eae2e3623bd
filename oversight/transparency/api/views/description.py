"""The description of the API: OpenAPI 3.1 for programs, made from the code."""

from typing import Any, Final

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.transparency.api import throttling
from oversight.transparency.api.filters import Filters
from oversight.transparency.api.reading import ReadView, Renderers

_IN_ADDRESSES: Final = {
    "number": "Number of the publication.",
    "pack": "Short name of the legal instrument, such as lapd-2021.",
    "rule": "Name of the rule within it, such as purpose.",
    "slug": "Short name, as the list gives it.",
}


class OpenApiJson(JSONRenderer):
    """OpenAPI as JSON, under the media type that readers of it ask for."""

    media_type = "application/vnd.oai.openapi+json"
    format = "openapi.json"


class Description(ReadView):
    """The description, as JSON unless YAML is asked for."""

    renderer_classes: Renderers = (JSONRenderer, OpenApiJson, OpenApiYamlRenderer)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        Filters.read(request.query_params)
        return Response(description())


class DescriptionJson(Description):
    """The description as JSON, whatever the Accept header says."""

    renderer_classes: Renderers = (JSONRenderer,)


class DescriptionYaml(Description):
    """The description as YAML, whatever the Accept header says."""

    renderer_classes: Renderers = (OpenApiYamlRenderer,)


def description() -> dict[str, Any]:
    """Return the OpenAPI document of the read API.

    Raises whatever is wrong with the description of a view: the tests find it.
    """
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # it has no types
    for each in found["paths"].values():
        for parameter in each["get"].get("parameters", ()):
            if parameter["in"] == "path":
                parameter["description"] = _IN_ADDRESSES[parameter["name"]]
    limit = f"The limit is stated in RateLimit-Policy: {throttling.policy()}."
    info = found["info"]
    return {**found, "info": {**info, "description": f"{info['description']} {limit}"}}
