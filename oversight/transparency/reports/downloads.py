"""The files of a publication: what each is called, how large it is, and its digest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from oversight.interface import pdf
from oversight.interface.csv import csv_lines
from oversight.interface.languages import file_url, in_language
from oversight.transparency.models import Edition
from oversight.transparency.reports import selectors
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.printing import printed
from oversight.transparency.reports.records import edition_records_of, records_of


@dataclass(frozen=True)
class Download:
    """A file to fetch. ``language`` is the code of its language, or empty."""

    label: str
    url: str
    name: str
    size: int
    digest: str
    language: str = ""


def pdf_of(publication: Edition | Report, language: str) -> bytes:
    """The PDF of a publication in a language: as it was first set, or as it will be."""
    kept = selectors.file_of(publication, language)
    return bytes(kept.content) if kept else pdf.typeset(printed(publication, language))


def json_of(publication: Edition | Report) -> bytes:
    """The document of a publication: its sha256 is the digest that stands in the record."""
    return bytes(rfc8785.dumps(publication.document))


def csv_of(publication: Edition | Report) -> bytes:
    """A publication as one long table."""
    records: Iterable[Sequence[Any]] = (
        records_of(publication.document)
        if isinstance(publication, Report)
        else edition_records_of(publication.document)
    )
    return "".join(csv_lines(records)).encode()


def name_of(publication: Edition | Report) -> str:
    """What the files of a publication are called, without their endings."""
    kind = "report" if isinstance(publication, Report) else "edition"
    return f"{kind}-{publication.number}"


def downloads(publication: Edition | Report) -> Iterator[Download]:
    """Every file of a publication, to read first."""
    route = "transparency:filed" if isinstance(publication, Report) else "transparency:report"
    address, name = file_url(f"{route}_pdf", publication.number), name_of(publication)
    for code, _label in settings.LANGUAGES:
        spoken = get_language_info(code)["name_local"]
        label = _("To read and print: PDF, %(language)s") % {"language": spoken}
        content, url = pdf_of(publication, code), in_language(address, code)
        yield _download(label, url, f"{name}-{code}.pdf", content, code)
    url = file_url(f"{route}_json", publication.number)
    yield _download(_("To check: JSON"), url, f"{name}.json", json_of(publication))
    url = file_url(f"{route}_csv", publication.number)
    yield _download(_("To reckon with: CSV"), url, f"{name}.csv", csv_of(publication))


def _download(label: str, url: str, name: str, content: bytes, language: str = "") -> Download:
    digest = f"sha256:{sha256(content).hexdigest()}"
    return Download(label, url, name, len(content), digest, language)
