"""Where the board and the administrators write reports and file them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.interface.components import Link
from oversight.people.models import Person
from oversight.people.viewer import viewer_of
from oversight.transparency.reports import presenting, selectors, services
from oversight.transparency.reports.calendar import Term, term_of
from oversight.transparency.reports.catalogue import Item, Pack, packs
from oversight.transparency.reports.document import build_report
from oversight.transparency.reports.forms import CorrectionForm, FilingForm, StatementForm
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.owing import all_owed
from oversight.transparency.services import PublicationRefusedError

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What this agency owes, with the way to write and file each."""
    found = all_owed(settings.AGENCY, timezone.localdate())
    others = [pack for pack in packs().values() if pack not in [each.pack for each in found]]
    return render(request, "transparency/desk.html", {"owed": found, "others": others})


@require_safe
@never_cache
def draft(request: HttpRequest, pack: str, start: str) -> HttpResponse:
    """A report as it would be filed now: what the figures say, and what is still to be written."""
    kind, term = _asked(pack, start)
    written = selectors.statements_for(pack, term.start, term.end)
    filed = _filed(kind, term)
    edition = selectors.source_edition(term.start, term.end)
    context = {
        **_about(kind, term, filed),
        "filer": selectors.filer_of(filed) if filed else "",
        "edition": edition,
        "ready": timezone.localdate() >= term.opens,
        "written": {statement.item: statement for statement in written},
        "crumbs": _crumbs(kind, term),
    }
    if edition is not None:
        document = build_report(kind, term, edition, written, at=timezone.now())
        shown = presenting.items(document, edition.document)
        context["items"] = zip(kind.items, shown, strict=True)
    else:
        texts = {statement.item: statement.text for statement in written}
        context["plan"] = [(item, texts.get(item.id, "")) for item in kind.items]
    return render(request, "transparency/report_draft.html", context)


@_FORM
@never_cache
def write(request: HttpRequest, pack: str, start: str, item: str) -> HttpResponse:
    """Write one item of a report; every version is kept."""
    kind, term = _asked(pack, start)
    asked = _item_or_404(kind, item)
    versions = list(selectors.versions_of(pack, term.start, term.end, item))
    newest = versions[0] if versions else None
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        initial={"text": newest.text if newest else ""},
    )
    if request.method == "POST" and form.is_valid():
        if newest is None or request.POST.get("version") == str(newest.version):
            services.write_statement(
                author=viewer_of(request),
                pack=kind,
                term=term,
                item=item,
                text=form.cleaned_data["text"],
            )
            return redirect("transparency:report_draft", pack=pack, start=start)
        # Somebody wrote meanwhile: what was typed stays in the form, and both are shown.
        form.add_error("text", _meanwhile() % {"name": newest.author.name})
    context = {
        **_about(kind, term, None),
        "form": form,
        "item": asked,
        "version": newest.version if newest else 0,
        "versions": versions,
        "back_url": reverse("transparency:report_draft", args=[pack, start]),
        "crumbs": _crumbs(kind, term, str(asked.title)),
    }
    return render(
        request, "transparency/report_write.html", context, status=422 if form.errors else 200
    )


@_FORM
@never_cache
def file(request: HttpRequest, pack: str, start: str) -> HttpResponse:
    """File a report, or file it again corrected; says first what would be missing."""
    kind, term = _asked(pack, start)
    filed = _filed(kind, term)
    form_class = CorrectionForm if filed else FilingForm
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        report = _file(kind, term, filed, form, viewer_of(request))
        if report is not None:
            return redirect("transparency:filed", number=report.number)
    written = {s.item for s in selectors.statements_for(pack, term.start, term.end) if s.text}
    context = {
        **_about(kind, term, filed),
        "form": form,
        "missing": [item.title for item in kind.items if item.ask and item.id not in written],
        "edition": selectors.source_edition(term.start, term.end),
        "back_url": reverse("transparency:report_draft", args=[pack, start]),
        "crumbs": _crumbs(kind, term, _("File")),
    }
    return render(
        request, "transparency/report_file.html", context, status=422 if form.errors else 200
    )


def _file(
    pack: Pack,
    term: Term,
    filed: Report | None,
    form: FilingForm | CorrectionForm,
    filer: Person,
) -> Report | None:
    try:
        with transaction.atomic():
            return services.file_report(
                pack=pack.slug,
                start=term.start,
                end=term.end,
                corrects=filed.number if filed else None,
                because=form.cleaned_data.get("because", ""),
                filer=filer,
            )
    except (services.ReportRefusedError, PublicationRefusedError) as refusal:
        form.add_error(None, str(refusal))
        return None


def _meanwhile() -> str:
    return _(
        "%(name)s wrote another version meanwhile. It is below. What you typed is still here: join"
        " the two, then save."
    )


def _asked(pack: str, start: str) -> tuple[Pack, Term]:
    try:
        kind, day = packs()[pack], date.fromisoformat(start)
        term = term_of(kind.due, day)
    except (KeyError, ValueError, OverflowError):
        raise Http404 from None
    if term.start != day:
        raise Http404
    return kind, term


def _item_or_404(pack: Pack, item: str) -> Item:
    try:
        found = pack.item(item)
    except KeyError:
        raise Http404 from None
    if found.ask is None:
        raise Http404
    return found


def _filed(pack: Pack, term: Term) -> Report | None:
    return (
        selectors.filed_reports()
        .filter(pack=pack.slug, period_from=term.start, period_to=term.end)
        .filter(correction__isnull=True)
        .first()
    )


def _about(pack: Pack, term: Term, filed: Report | None) -> dict[str, Any]:
    return {
        "pack": pack,
        "term": term,
        "start": term.start.isoformat(),
        "period": presenting.days_text(term.start, term.end),
        "filed": filed,
    }


def _crumbs(pack: Pack, term: Term, last: str = "") -> list[Link]:
    place = reverse("transparency:report_draft", args=[pack.slug, term.start.isoformat()])
    found = [Link(_("Reports to file"), reverse("transparency:report_desk"))]
    if last:
        return [*found, Link(str(pack.title), place), Link(last)]
    return [*found, Link(str(pack.title))]
