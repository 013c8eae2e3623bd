"""Freezing the papers of a meeting: numbered, with their digest in the record."""

from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import translation
from django.utils.translation import gettext as _

from oversight.council.board import events
from oversight.council.board.models import Meeting, Pack, Publication
from oversight.council.board.packs import pack_document, public_part
from oversight.council.board.services.acting import acting, one_at_a_time, tell
from oversight.council.board.services.publishing import publish_document
from oversight.policy.services.errors import NotAllowedError
from oversight.transparency.document import digest_of


def freeze_pack(*, person: AbstractBaseUser, meeting: Meeting, since: date, until: date) -> Pack:
    """Freeze the papers of a meeting over the days from ``since`` to before ``until``.

    Their words are frozen too, in English. The public part is published at once; an earlier pack
    of the meeting stays, and this one takes its place.

    Raises:
        NotAllowedError: the days are wrong or ahead, or ``person`` is not of the board.
    """
    with acting() as now, translation.override("en"):
        if since >= until or until > now.date() + timedelta(days=1):
            raise NotAllowedError(_("Choose days that are in their order and not ahead."))
        one_at_a_time()
        number = Pack.objects.count() + 1
        document = pack_document(number=number, meeting=meeting, since=since, until=until)
        pack = Pack.objects.create(
            number=number,
            meeting=meeting,
            since=since,
            until=until,
            document=document,
            digest=digest_of(document),
            frozen_by_id=person.pk,
            frozen_at=now,
        )
        publish_document(
            kind=Publication.Kind.PACK, subject=meeting.pk, document=public_part(document), at=now
        )
        committed = {"pack": number, "meeting": meeting.pk, "person": person.pk}
        tell(events.PACK_FROZEN, now, committed, document=pack.digest)
    return pack
