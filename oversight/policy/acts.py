"""Acts that everyone may know of: what was adopted, and when use was suspended or went on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connections
from django.utils.translation import gettext as _

from oversight.interface.display import date_text
from oversight.policy.models import Lifting, Proposal, Suspension

_ADOPTED: Final = """
SELECT number, kind, slug, takes_effect, body, voted_on, ayes, noes, adopted_at
FROM policy_adoptedact ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class PublishedAct:
    """An act: a key that never changes, what it is, and the instrument's slug if it is about one."""

    key: str
    title: str
    text: str
    slug: str
    at: datetime


def published_acts(alias: str) -> Iterator[PublishedAct]:
    """Yield every act that is public, in no order; read through a database role."""
    yield from _adopted(alias)
    for suspension in Suspension.objects.using(alias):
        yield PublishedAct(
            f"suspensions/{suspension.pk}",
            _("All use of face recognition is suspended"),
            suspension.reason,
            "",
            suspension.suspended_at,
        )
    for lifting in Lifting.objects.using(alias):
        yield PublishedAct(
            f"liftings/{lifting.pk}",
            _("Face recognition may be used again"),
            lifting.reason,
            "",
            lifting.lifted_at,
        )


def _adopted(alias: str) -> Iterator[PublishedAct]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_ADOPTED)
        rows = cursor.fetchall()
    for number, kind, slug, takes_effect, body, voted_on, ayes, noes, adopted_at in rows:
        ended = kind == Proposal.Kind.SUNSET
        title = _("Rules that end: %(slug)s") if ended else _("Rules adopted: %(slug)s")
        text = _("%(body)s, %(voted_on)s, %(ayes)s to %(noes)s. It takes effect on %(day)s.")
        told = {
            "body": body,
            "voted_on": date_text(voted_on),
            "ayes": ayes,
            "noes": noes,
            "day": date_text(takes_effect),
        }
        yield PublishedAct(
            f"adoptions/{number}", title % {"slug": slug}, text % told, slug, adopted_at
        )
