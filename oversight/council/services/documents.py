"""Documents of a proposal: taken as they are, named safely, and never changed."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.council.events import technologies as events
from oversight.council.models import Acquisition, Document, DocumentContent
from oversight.council.services.recording import (
    NotAllowedError,
    digest_of,
    held_to_the_rules,
    now,
    record,
)
from oversight.people.models import Person

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a document."""

_PDF: Final = b"%PDF-"
_LONGEST_STEM: Final = 80
_ENDINGS: Final = {"application/pdf": ".pdf", "text/plain": ".txt"}


def add_document(
    *, acquisition: Acquisition, kind: Document.Kind, name: str, data: bytes, person: Person
) -> Document:
    """Publish a document of a proposal.

    Args:
        name: as the sender's computer called the file; kept in a safe form only.
        data: PDF, or plain text in UTF-8; what it is is read from the bytes, not from the name.

    Raises:
        NotAllowedError: empty, too large, neither PDF nor text, or the role does not allow it.
    """
    media_type, at = media_type_of(data), now()
    with held_to_the_rules(), transaction.atomic():
        document = Document.objects.create(
            acquisition=acquisition,
            kind=kind,
            name=safe_name(name, media_type),
            media_type=media_type,
            size=len(data),
            digest=digest_of(data),
            added_by=person,
            added_at=at,
        )
        DocumentContent.objects.create(document=document, data=data)
        record(
            events.DOCUMENT_ADDED,
            at,
            public={"system": acquisition.technology.slug, "document": document.digest},
            document_row=document.pk,
            acquisition=acquisition.pk,
            kind=str(kind),
            person=person.pk,
        )
    return document


def media_type_of(data: bytes) -> str:
    """``application/pdf`` or ``text/plain``, read from the bytes.

    Raises:
        NotAllowedError: it is neither, is empty or is larger than ``LARGEST``.
    """
    if not data.strip():
        raise NotAllowedError(
            _("The file is empty. Choose the file that has the text."), field="file"
        )
    if len(data) > LARGEST:
        raise NotAllowedError(
            _("The file is larger than 20 MB. Make a smaller PDF of it."), field="file"
        )
    if data.startswith(_PDF):
        return "application/pdf"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\r\t\f" for letter in text):
        raise NotAllowedError(_("The file is neither a PDF nor plain text in UTF-8."), field="file")
    return "text/plain"


def safe_name(name: str, media_type: str) -> str:
    """A file name of letters, digits, dots and hyphens that ends as its content does.

    No path, no hidden or reordering characters, no second ending that a system might run.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = PurePosixPath(plain.replace("\\", "/")).name.rpartition(".")[0] or plain
    words = re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(stem).name).strip("-")
    return (words[:_LONGEST_STEM].strip("-") or "document") + _ENDINGS[media_type]
