"""What may be used: told to the gate at every decision, from the acts on the inventory."""

import json
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from oversight.council.life import USABLE, Changed, Life, Voted, state_of

# One small query: it is asked at every decision. No vote is confirmed without a judgement; those
# confirmed before there were judgements keep what they decided.
_LIVES: Final = """
SELECT t.slug, t.galleries::text,
    (SELECT json_agg(json_build_array(v.entered_at, c.confirmed_at,
            jsonb_array_length(v.ayes) > jsonb_array_length(v.noes),
            coalesce(j.effect = 'permit', true), v.approved_from, v.renewal_due))
        FROM council_vote v JOIN council_acquisition a ON a.id = v.acquisition_id
        LEFT JOIN council_voteconfirmation c ON c.vote_id = v.id
        LEFT JOIN council_judgement j ON j.vote_id = v.id
        WHERE a.technology_id = t.id)::text,
    (SELECT json_agg(json_build_array(s.act, s.made_at))
        FROM council_standingchange s WHERE s.technology_id = t.id)::text
FROM council_technology t
"""


def approved_at(moment: datetime) -> frozenset[tuple[str, str]]:
    """Every pair of a system and a gallery of which the technology was usable at ``moment``."""
    day = timezone.localdate(moment)
    with connection.cursor() as cursor:
        cursor.execute(_LIVES)
        rows = cursor.fetchall()
    return frozenset(
        (slug, gallery)
        for slug, galleries, votes, changes in rows
        if state_of(_life(votes, changes).as_of(moment), day) in USABLE
        for gallery in json.loads(galleries)
    )


def _life(votes: str | None, changes: str | None) -> Life:
    return Life(
        votes=[_voted(*vote) for vote in json.loads(votes or "[]")],
        changes=[Changed(act, _moment(at)) for act, at in json.loads(changes or "[]")],
    )


def _voted(
    entered: str, confirmed: str | None, carried: Any, permitted: Any, begins: str, ends: str | None
) -> Voted:
    return Voted(
        entered_at=_moment(entered),
        confirmed_at=_moment(confirmed) if confirmed else None,
        carried=bool(carried),
        permitted=bool(permitted),
        approved_from=date.fromisoformat(begins),
        renewal_due=date.fromisoformat(ends) if ends else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
