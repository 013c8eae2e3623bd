"""Step 3 in its three pages (upload, wait, face and source), and the image itself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from oversight.requests import services
from oversight.requests.forms import FaceForm, ImageForm, UploadForm
from oversight.requests.models import SearchRequest
from oversight.requests.pictures import faces_shown
from oversight.requests.preview import inspected, outlook_of
from oversight.requests.views.officer import own_request
from oversight.requests.views.wizard import (
    DraftView,
    StepView,
    editable_request,
    stale_page,
    step_context,
)
from recognition import gateway


class UploadStep(DraftView):
    """Take the file and keep it; an earlier one is replaced only when a new one has come in."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show the upload, or go on to what was uploaded before."""
        found = editable_request(request, key)
        report = inspected(found.draft.answers)
        usable = "probe" in found.draft.answers and (report is None or report.accepted)
        if usable and "another" not in request.GET:
            return redirect("requests:image_check", key=key)
        return self._page(request, found, self._form(found), report)

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Keep the file, then wait for the worker's report on it."""
        found = editable_request(request, key)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, found, form, None, 422)
        upload = form.cleaned_data["image"]
        try:
            services.add_probe(
                request=found,
                data=upload.read(),
                claimed_type=upload.content_type or "",
                version=form.cleaned_data["version"],
            )
        except services.StaleDraftError:
            return stale_page(request, found, {})
        except gateway.ProbeRefused as refused:
            form.add_error("image", f"{refused.refusal.message} {refused.refusal.remedy}")
            return self._page(request, found, form, None, 422)
        return redirect("requests:image_check", key=key)

    def _form(self, found: SearchRequest) -> UploadForm:
        return UploadForm(initial={"version": found.draft.version})

    def _page(
        self,
        request: HttpRequest,
        found: SearchRequest,
        form: UploadForm,
        report: Any,
        status: int = 200,
    ) -> HttpResponse:
        context = step_context(found, "image") | {
            "form": form,
            "refusal": report.refusal if report else None,
            "outlook": outlook_of(found, found.draft.answers),
        }
        return render(request, "requests/upload.html", context, status=status)


class ImageCheck(DraftView):
    """Wait for the worker's report; then choose the face that is meant."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show progress, the refusal, or the faces found."""
        found = editable_request(request, key)
        if "probe" not in found.draft.answers:
            return redirect("requests:image", key=key)
        report = inspected(found.draft.answers)
        if report is None:
            part = "requests/parts/waiting.html" if request.headers.get("HX-Request") else ""
            return render(request, part or "requests/image_wait.html", step_context(found, "image"))
        if request.headers.get("HX-Request"):
            # The wait is over: htmx loads the whole page anew.
            return HttpResponse(headers={"HX-Redirect": request.path})
        if not report.accepted:
            return redirect(f"{reverse('requests:image', args=[key])}?another=1")
        return self._page(request, found, self._form(found, report), report)

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Keep which face is meant."""
        found = editable_request(request, key)
        report = inspected(found.draft.answers)
        if report is None or not report.accepted:
            return redirect("requests:image_check", key=key)
        form = self._form(found, report, request.POST)
        if not form.is_valid():
            return self._page(request, found, form, report, 422)
        try:
            services.choose_face(
                request=found,
                face_index=form.cleaned_data["face_index"],
                version=form.cleaned_data["version"],
            )
        except services.StaleDraftError:
            return stale_page(request, found, {})
        return redirect("requests:source", key=key)

    def _form(self, found: SearchRequest, report: gateway.Inspection, data: Any = None) -> FaceForm:
        usable = [face.index for face in report.faces if face.searchable]
        chosen = found.draft.answers.get("face_index")
        # One face only is still confirmed by a person, but need not be searched for.
        first = usable[0] if len(usable) == 1 else None
        initial = {
            "version": found.draft.version,
            "face_index": first if chosen is None else chosen,
        }
        return FaceForm(data, initial=initial, inspection=report)

    def _page(
        self,
        request: HttpRequest,
        found: SearchRequest,
        form: FaceForm,
        report: gateway.Inspection,
        status: int = 200,
    ) -> HttpResponse:
        context = step_context(found, "image") | {
            "form": form,
            "report": report,
            "faces": faces_shown(report),
            "label_size": max(report.width, report.height) // 20,
            "outlook": outlook_of(found, found.draft.answers),
        }
        return render(request, "requests/face.html", context, status=status)


class SourceStep(StepView):
    """Step 3, last page: what the image is and where it comes from."""

    step, following, form_class = "image", "scope", ImageForm

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Ask only once a face is chosen."""
        if editable_request(request, key).draft.answers.get("face_index") is None:
            return redirect("requests:image", key=key)
        return super().get(request, key)


@require_GET
@never_cache
def probe_image(request: HttpRequest, key: UUID) -> HttpResponse:
    """The officer's own image, as the worker rendered it: upright, without metadata."""
    return image_response(own_request(request, key).draft.answers.get("probe"))


@require_GET
@never_cache
def probe_face(request: HttpRequest, key: UUID, index: int) -> HttpResponse:
    """One face of the officer's own image."""
    return face_response(own_request(request, key).draft.answers.get("probe"), index)


def image_response(probe: str | UUID | None) -> HttpResponse:
    """Answer with a probe's rendition; Http404 where there is none."""
    if probe is None:
        raise Http404
    try:
        data = gateway.probe_rendition(UUID(str(probe)))
    except gateway.Unknown:
        raise Http404 from None
    return HttpResponse(data, content_type=gateway.RENDITION_MEDIA_TYPE)


def face_response(probe: str | UUID | None, index: int) -> HttpResponse:
    """Answer with one face of a probe; Http404 where there is none."""
    if probe is None:
        raise Http404
    try:
        data = gateway.probe_face_image(UUID(str(probe)), index)
    except gateway.Unknown:
        raise Http404 from None
    return HttpResponse(data, content_type=gateway.RENDITION_MEDIA_TYPE)
