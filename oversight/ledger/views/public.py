"""The public pages of the record, and its files."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oversight.interface.components import Link, SummaryRow
from oversight.interface.display import moment_tag
from oversight.interface.languages import home_link
from oversight.ledger import verifier
from oversight.ledger.archive import stream_archive
from oversight.ledger.configuration import Configuration
from oversight.ledger.facts import scope
from oversight.ledger.presenting import public_rows
from oversight.ledger.proofs import NotYetSignedError, Proof, prove
from oversight.ledger.signing import encode, vkey
from oversight.ledger.status import (
    Standing,
    current_standing,
    last_audit,
    newest_entries,
    published_entry,
)

_SHOWN = 10  # newest entries on the page
_FOR_EVER = "public, max-age=31536000, immutable"
_FRESH = "no-cache"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the record is, how it stands, and how to check it."""
    standing = current_standing()
    context = {
        "standing": standing,
        "rows": _rows(standing),
        "newest": newest_entries(standing, _SHOWN),
        "audit": last_audit(standing),
        "crumbs": _crumbs(),
    }
    return render(request, "ledger/overview.html", context)


@require_safe
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """One entry: what anyone may read of it, and how to prove it."""
    standing = current_standing()
    if standing.checkpoint is None:
        raise Http404
    try:
        found = published_entry(index, standing.checkpoint.size)
    except verifier.Refuted:
        raise Http404 from None
    leaf = verifier.hash_leaf(found.text.encode()).hex()
    context = {
        "entry": found,
        "rows": [
            *public_rows(found.public),
            SummaryRow(_("Fingerprint of this entry (SHA-256)"), leaf),
        ],
        "crumbs": _crumbs(Link(_("Entry %(number)s") % {"number": index})),
    }
    return render(request, "ledger/entry.html", context)


@require_safe
def proof(_request: HttpRequest, index: int) -> HttpResponse:
    """The proof of one entry, as a file that verifies offline."""
    response = _text(_proof(index).text)
    response["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return response


@require_safe
def leaf(_request: HttpRequest, index: int) -> HttpResponse:
    """The bytes of one entry, as a file to go with its proof."""
    response = HttpResponse(_proof(index).entry, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="entry-{index}.json"'
    return response


@require_safe
def archive(_request: HttpRequest) -> HttpResponseBase:
    """The whole record as a tar file."""
    published = Configuration.from_settings().published
    if not (published / "checkpoint").is_file():
        raise Http404
    response = StreamingHttpResponse(stream_archive(published), content_type="application/x-tar")
    response["Content-Disposition"] = 'attachment; filename="record.tar"'
    return response


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponseBase:
    """The newest signed checkpoint; never cached."""
    return _file("checkpoint", "text/plain; charset=utf-8", _FRESH)


@require_safe
def policy(_request: HttpRequest) -> HttpResponseBase:
    """The keys of the log and of its witnesses (c2sp.org/tlog-policy)."""
    return _file("policy.txt", "text/plain; charset=utf-8", _FRESH)


@require_safe
def tile(_request: HttpRequest, path: str) -> HttpResponseBase:
    """A tile of hashes or a bundle of entries; it never changes."""
    return _file(path, "application/octet-stream", _FOR_EVER)


@require_safe
def timestamp(_request: HttpRequest, path: str) -> HttpResponseBase:
    """A day's checkpoint as it was stamped, or the authority's answer (RFC 3161)."""
    return _file(path, "application/octet-stream", _FOR_EVER)


@require_safe
def compared(_request: HttpRequest) -> HttpResponse:
    """What the nightly check compares and what it does not; its entry holds the digest of this."""
    return _text(scope())


@require_safe
def verifier_program(_request: HttpRequest) -> HttpResponse:
    """The verifier itself: one file to run on one's own machine."""
    response = _text(Path(verifier.__file__).read_text())
    response["Content-Disposition"] = 'attachment; filename="verifier.py"'
    return response


def _crumbs(*links: Link) -> list[Link]:
    return [home_link(), Link(_("The record"), reverse("ledger:overview")), *links]


def _file(path: str, content_type: str, caching: str) -> HttpResponseBase:
    try:
        file = (Configuration.from_settings().published / path).open("rb")
    except (FileNotFoundError, IsADirectoryError):
        raise Http404 from None
    return FileResponse(file, content_type=content_type, headers={"Cache-Control": caching})


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _proof(index: int) -> Proof:
    configuration = Configuration.from_settings()
    try:
        return prove(index, configuration.published, configuration.policy())
    except (NotYetSignedError, OSError, verifier.Refuted):
        raise Http404 from None


def _rows(standing: Standing) -> list[SummaryRow]:
    one = standing.checkpoint
    if one is None or standing.checked_at is None:
        return []
    keys = [vkey(key) for key in Configuration.from_settings().policy().logs]
    return [
        SummaryRow(_("Name of the record"), one.origin),
        SummaryRow(_("Entries"), one.size),
        SummaryRow(_("Fingerprint of all entries together"), encode(one.root)),
        SummaryRow(_("Last checked and published"), moment_tag(standing.checked_at)),
        SummaryRow(_("Key that signs"), keys),
    ]
