"""What every view of the API does alike: read only, for everyone, cached, described."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oversight.transparency.api import problems, throttling
from oversight.transparency.api.filters import Filters, Paged

Form = type[serializers.BaseSerializer[Any]]
Renderers = tuple[type[BaseRenderer], ...]
_View = TypeVar("_View", bound=Callable[..., Response])

_CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, RateLimit-Policy",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_TAG: Final = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="Send it back as If-None-Match: if nothing has changed, the answer is 304.",
)
_LINKS: Final = OpenApiParameter(
    "Link",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="First, previous, next and last page (RFC 8288).",
)


class ReadView(APIView):
    """A view that only reads. A subclass says with ``reads`` what its ``get`` answers."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = ()
    renderer_classes: Renderers = (JSONRenderer,)
    throttle_classes = (throttling.PerAddress,)
    http_method_names = ["get", "head", "options"]
    filters: type[Filters] = Filters

    def asked(self, request: Request) -> dict[str, Any]:
        """Return the parameters that were given; raises WrongParametersError."""
        return self.filters.read(request.query_params)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002  (the framework's signature)
        """Tell browsers that any site may read this."""
        return Response(status=204, headers=_PREFLIGHT)

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """Answer with problem details, whatever the framework's settings say."""
        return problems.answer

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Add what every answer carries."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        for name, value in (*_CORS.items(), ("RateLimit-Policy", throttling.policy())):
            answer[name] = value
        if answer.status_code == HTTPStatus.OK:
            answer.headers.setdefault("Cache-Control", "public, max-age=60")
            answer.add_post_render_callback(partial(_conditional, request._request))  # noqa: SLF001  (Django's own request)
        return answer


def reads(
    name: str,
    summary: str,
    form: Any,
    *,
    filters: type[Filters] = Filters,
    tag: str = "publications",
) -> Callable[[_View], _View]:
    """Describe a ``get``: what it answers, what may be asked, and which problems can occur."""
    kind = problems.CONTENT_TYPE
    pages = issubclass(filters, Paged)
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=[tag],
        auth=[],
        parameters=[*([] if filters is Filters else [filters]), _TAG, *([_LINKS] if pages else [])],
        responses={
            200: OpenApiResponse(page_of(form) if pages else form, summary),
            304: OpenApiResponse(description="Nothing has changed since the ETag that was sent."),
            **{
                (status, kind): OpenApiResponse(problems.Problem, title)
                for status, title in problems.TITLES.items()
            },
        },
    )


def page_of(form: Form) -> Any:
    """The form of a page of rows."""
    name = form.__name__
    return type(
        f"{name}Page",
        (serializers.Serializer,),
        {
            "__doc__": f"A page of a list: {(form.__doc__ or name).strip()}",
            "count": serializers.IntegerField(help_text="Rows in the whole list."),
            "next": serializers.URLField(allow_null=True, help_text="The page after this one."),
            "previous": serializers.URLField(allow_null=True, help_text="The page before."),
            "results": form(many=True),
        },
    )


def _conditional(request: HttpRequest, response: Response) -> HttpResponseBase | None:
    """Name the content, and answer 304 to who has it."""
    set_response_etag(response)
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    if found is not None and found is not response:
        for name, value in _CORS.items():
            found.headers[name] = value
    return found
