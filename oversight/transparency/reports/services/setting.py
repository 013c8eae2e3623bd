"""Setting publications as PDF, once: what is published stays as it was read."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from oversight.interface import pdf
from oversight.ledger.services import append_entry
from oversight.transparency.models import Edition
from oversight.transparency.reports import events
from oversight.transparency.reports.models import Report, TypesetFile
from oversight.transparency.reports.printing import printed
from oversight.transparency.reports.services.shared import where


@transaction.atomic
def set_files(*, publication: Edition | Report, at: datetime | None = None) -> list[TypesetFile]:
    """Set a publication as PDF in each language of the site, where that was not done yet."""
    # As the database gives it back: that is how whoever sets it again will see it.
    publication = type(publication).objects.get(pk=publication.pk)
    languages = [code for code, _ in settings.LANGUAGES]
    kept = {file.language for file in publication.files.all()}
    return [
        _set_file(publication, language, at or timezone.now())
        for language in languages
        if language not in kept
    ]


def set_waiting_files() -> int:
    """Set every edition and report that has no files yet; returns how many files were made."""
    made = 0
    for model in (Edition, Report):
        for publication in model.objects.filter(files=None).order_by("number"):
            made += len(set_files(publication=publication))
    return made


def _set_file(publication: Edition | Report, language: str, at: datetime) -> TypesetFile:
    content = pdf.typeset(printed(publication, language))
    is_report = isinstance(publication, Report)
    file = TypesetFile.objects.create(
        report=publication if isinstance(publication, Report) else None,
        edition=publication if isinstance(publication, Edition) else None,
        language=language,
        content=content,
        digest=pdf.digest_of(content),
        set_at=at,
    )
    name = f"report-{publication.number}" if is_report else str(publication.number)
    append_entry(
        event=events.FILE_SET,
        public={**where(at), "edition": name, "document": file.digest},
        committed={"file": file.pk, "language": language, "at": at.isoformat()},
    )
    return file
