"""The Atom feed (RFC 4287): editions, filed reports, corrections, rules, suspensions and their end.

Ids are made of the name of the record, which never changes, so that an entry keeps its id whatever
host it is read from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oversight.policy.acts import published_acts
from oversight.transparency import presenting, selectors
from oversight.transparency.frozen import published
from oversight.transparency.models import Edition
from oversight.transparency.reports import presenting as reports
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.selectors import filed_reports

_MOST: Final = 100
_FIRST_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class News:
    """Something that happened: what, when, and where to read it."""

    key: str
    title: str
    text: str
    path: str
    at: datetime


class _Feed(Atom1Feed):
    """Says when the newest entry was made, and never "now" where there is none."""

    def latest_post_date(self) -> datetime:
        """Return the moment of the newest entry."""
        found: list[datetime] = [item["updateddate"] for item in self.items]
        return max(found, default=_FIRST_DAY)


@published
def feed(request: HttpRequest) -> HttpResponse:
    """The newest hundred entries, newest first."""
    base = request.build_absolute_uri("/").rstrip("/")
    atom = _Feed(
        title=_("Police face recognition, %(city)s") % {"city": settings.CITY_NAME},
        link=base + reverse("transparency:landing"),
        description=_("Reports, corrections, rules and suspensions"),
        author_name=str(settings.CITY_NAME),
        feed_url=base + request.path,
        feed_guid=_id("feed"),
        language=get_language(),
    )
    for each in sorted(news(), key=lambda one: (one.at, one.key), reverse=True)[:_MOST]:
        atom.add_item(
            title=each.title,
            link=base + each.path,
            description=each.text,
            unique_id=_id(each.key),
            pubdate=each.at,
            updateddate=each.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def news() -> Iterator[News]:
    """Yield everything that has happened, in no order, read through the public's own role."""
    for edition in selectors.editions()[:_MOST]:
        yield _published(edition)
    for report in filed_reports().select_related(None)[:_MOST]:
        yield _filed(report)
    for act in published_acts(selectors.ALIAS):
        path = reverse("policy:suspensions")
        if act.slug:
            path = reverse("policy:instrument", args=[act.slug])
        yield News(act.key, act.title, act.text, path, act.at)


def _published(edition: Edition) -> News:
    number = {"number": edition.number}
    title = _("Report: edition %(number)s") % number
    text = presenting.period_text(edition)
    if edition.corrects_id:
        title = _("Correction: edition %(number)s") % number
        text = _("%(period)s. It corrects edition %(before)s: %(because)s") % {
            "period": text,
            "before": edition.corrects_id,
            "because": edition.because,
        }
    path = reverse("transparency:report", args=[edition.number])
    return News(f"editions/{edition.number}", title, text, path, edition.created_at)


def _filed(report: Report) -> News:
    title = {"title": reports.title(report.document)}
    text = reports.period(report.document)
    heading = _("Report filed: %(title)s") % title
    if report.document["nil_return"]:
        text = _("%(period)s. A return of zero: nothing was asked for.") % {"period": text}
    if report.corrects_id:
        heading = _("Corrected report filed: %(title)s") % title
        text = _("%(period)s. It corrects report %(before)s: %(because)s") % {
            "period": reports.period(report.document),
            "before": report.corrects_id,
            "because": report.because,
        }
    path = reverse("transparency:filed", args=[report.number])
    return News(f"reports/{report.number}", heading, text, path, report.filed_at)


def _id(key: str) -> str:
    return uuid5(NAMESPACE_URL, f"https://{settings.LEDGER_ORIGIN}/{key}").urn
