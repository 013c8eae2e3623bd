"""Parts of a list, with links to the others in the body and in the Link header (RFC 8288)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.core.paginator import EmptyPage, Paginator
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_SIZE: Final = 100


def paged(
    request: Request,
    rows: Any,
    asked: Mapping[str, Any],
    shown: Callable[[Sequence[Any]], list[Any]],
) -> Response:
    """Return one page of ``rows``; ``shown`` turns its rows into what is answered.

    Raises:
        NotFound: the list has fewer pages.
    """
    pages = Paginator(rows, asked.get("page_size", PAGE_SIZE))
    try:
        page = pages.page(asked.get("page", 1))
    except EmptyPage:
        raise NotFound from None
    numbers = {
        "first": 1,
        "prev": page.number - 1 if page.has_previous() else None,
        "next": page.number + 1 if page.has_next() else None,
        "last": pages.num_pages,
    }
    links = {name: _address(request, number) for name, number in numbers.items() if number}
    body = {
        "count": pages.count,
        "next": links.get("next"),
        "previous": links.get("prev"),
        "results": shown(list(page.object_list)),
    }
    header = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items())
    return Response(body, headers={"Link": header})


def _address(request: Request, page: int) -> str:
    query = request.query_params.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
