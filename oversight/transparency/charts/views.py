"""The files of a chart, in the language of their address."""

from django.http import Http404, HttpRequest, HttpResponse

from oversight.interface.charts import Chart
from oversight.interface.csv import csv_lines
from oversight.transparency import selectors
from oversight.transparency.charts.editions import chart_named
from oversight.transparency.frozen import published
from oversight.transparency.models import Edition


@published
def chart_svg(_request: HttpRequest, number: int, name: str) -> HttpResponse:
    """The drawing as a file of its own."""
    content = _chart(number, name).file()
    return _download(content, "image/svg+xml", f"edition-{number}-{name}.svg")


@published
def chart_csv(_request: HttpRequest, number: int, name: str) -> HttpResponse:
    """The table behind a drawing."""
    content = "".join(csv_lines(_chart(number, name).records()))
    return _download(content, "text/csv; charset=utf-8", f"edition-{number}-{name}.csv")


def _chart(number: int, name: str) -> Chart:
    try:
        return chart_named(selectors.edition_numbered(number).document, name)
    except (Edition.DoesNotExist, KeyError):
        raise Http404 from None


def _download(content: str, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
