"""Grouping of comments that say the same: a working paper, kept in step with what comes in."""

from typing import Final

from django.db import transaction

from oversight.council.models import Comment, Consultation, Grouping
from oversight.council.similarity import groups_of, signature_of

_AT_ONCE: Final = 1000


def group_comments() -> int:
    """Sign up to 1,000 new comments; group each consultation all of whose comments are signed.

    Returns how many comments were signed. Safe to repeat at any time.
    """
    waiting = list(
        Comment.objects.filter(grouping__isnull=True).order_by("pk").only("pk", "text")[:_AT_ONCE]
    )
    signed = [Grouping(comment=each, signature=signature_of(each.text)) for each in waiting]
    Grouping.objects.bulk_create(signed, ignore_conflicts=True)
    ready = Consultation.objects.filter(comments__grouping__group__isnull=True).exclude(
        comments__in=Comment.objects.filter(grouping__isnull=True)
    )
    for consultation in ready.filter(comments__grouping__isnull=False).distinct():
        _group(consultation)
    return len(signed)


@transaction.atomic
def _group(consultation: Consultation) -> None:
    rows = {
        row.pk: row
        for row in Grouping.objects.select_for_update(of=("self",)).filter(
            comment__consultation=consultation
        )
    }
    groups = groups_of({number: bytes(row.signature) for number, row in rows.items()})
    changed = [rows[number] for number, group in groups.items() if rows[number].group != group]
    for row in changed:
        row.group = groups[row.pk]
    Grouping.objects.bulk_update(changed, ["group"], batch_size=1000)
