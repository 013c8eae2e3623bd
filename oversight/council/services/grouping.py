"""Grouping of comments that say the same: a working paper, kept in step with what comes in."""

from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from oversight.council.models import Comment, Consultation, Grouping
from oversight.council.similarity import groups_of, signature_of

_AT_ONCE: Final = 1000

# One statement for all: ten thousand rows take a second.
_STORE: Final = """
UPDATE council_grouping AS g SET "group" = n."group"
FROM unnest(%s::bigint[], %s::bigint[]) AS n (comment, "group") WHERE g.comment_id = n.comment
"""


def group_comments() -> int:
    """Sign up to 1,000 new comments; group each consultation all of whose comments are signed.

    Returns how many comments were signed. Safe to repeat at any time.
    """
    waiting = list(
        Comment.objects.filter(grouping__isnull=True).order_by("pk").only("pk", "text")[:_AT_ONCE]
    )
    signed = [Grouping(comment=each, signature=signature_of(each.text)) for each in waiting]
    Grouping.objects.bulk_create(signed, ignore_conflicts=True)
    own = Comment.objects.filter(consultation=OuterRef("pk"))
    ready = Consultation.objects.filter(
        Exists(own.filter(grouping__isnull=False, grouping__group__isnull=True)),
        ~Exists(own.filter(grouping__isnull=True)),
    )
    for consultation in ready:
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
    changed = {number: group for number, group in groups.items() if rows[number].group != group}
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [[*changed], [*changed.values()]])
