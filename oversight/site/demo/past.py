"""A past for the demonstration: made-up searches from before adoption, imported and published.

Nobody and nothing in it is real: shares are chosen so that pages have something to show, small
cells to withhold and gaps to admit included. The same seed gives the same past.
"""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from oversight.transparency.history import import_history
from oversight.transparency.models import Edition
from oversight.transparency.services import publish_edition

SOURCE: Final = "made-up-department-log"
_SEED: Final = 20210112
_A_DAY: Final = 1.7
_AGENCY: Final = "lapd"

_Weighted = Sequence[tuple[Any, float]]
_UNITS: Final[_Weighted] = (
    ("Robbery-Homicide Division", 5),
    ("Commercial Crimes Division", 3),
    ("Missing Persons Unit", 1),
)
# Purpose, offence: most for crimes of violence, a few for people who cannot say who they are.
_MATTERS: Final[_Weighted] = (
    (("criminal_investigation", "120"), 9),
    (("criminal_investigation", "13A"), 7),
    (("criminal_investigation", "09A"), 4),
    (("criminal_investigation", "26A"), 5),
    (("criminal_investigation", "23C"), 2),
    (("missing_or_endangered", None), 3),
    (("identify_deceased", None), 1),
)
_SOURCES: Final[_Weighted] = (
    ("fixed_cctv_private", 9),
    ("fixed_cctv_public", 4),
    ("social_media", 3),
    ("witness_photo", 2),
    ("body_worn", 2),
    (None, 1),
)
_RACES: Final[_Weighted] = (
    ("Hispanic", 45),
    ("Black", 28),
    ("White", 19),
    ("Asian", 7),
    (None, 8),
)
_SEXES: Final[_Weighted] = (("male", 8), ("female", 2))
_AGES: Final[_Weighted] = (("under 18", 1), ("18-24", 6), ("25-34", 8), ("35-44", 4), ("45-54", 2))
_REFUSED_CAMERA: Final = "officer-camera"


def make_past(today: date) -> int:
    """Import the year before ``today``'s and what has passed of this one, and publish it; once.

    Published are last year, each quarter of this year that has ended, and each month since.

    Returns:
        The number of editions made: 0 where there are editions already.
    """
    if Edition.objects.exists():
        return 0
    periods = list(_periods(today))
    lines = (json.dumps(each).encode() for each in _searches(periods[0][0], periods[-1][1]))
    import_history(lines=lines, source=SOURCE)
    for start, end in periods:
        publish_edition(start=start, end=end)
    return len(periods)


def _periods(today: date) -> Iterator[tuple[date, date]]:
    yield date(today.year - 1, 1, 1), date(today.year, 1, 1)
    quarters = (today.month - 1) // 3
    starts = [date(today.year, month, 1) for month in (1, 4, 7, 10)[: quarters + 1]]
    starts += [date(today.year, month, 1) for month in range(quarters * 3 + 2, today.month + 1)]
    yield from pairwise(starts)


def _searches(start: date, end: date) -> Iterator[dict[str, Any]]:
    chance = random.Random(_SEED)  # noqa: S311  (made-up figures; no secret)
    for number in range(int((end - start).days * _A_DAY)):
        hours = chance.uniform(0, (end - start).days * 24)
        asked = datetime(start.year, start.month, start.day, tzinfo=UTC) + timedelta(hours=hours)
        yield _search(chance, f"{number:05}", asked.replace(microsecond=0))


def _search(chance: random.Random, key: str, asked: datetime) -> dict[str, Any]:
    purpose, nibrs = _pick(chance, _MATTERS)
    told = {
        "id": key,
        "requested_at": asked.isoformat(),
        "agency": _AGENCY,
        "unit": _pick(chance, _UNITS),
        "purpose": purpose,
        "nibrs": nibrs,
        "probe_source": _pick(chance, _SOURCES),
        "subject": {
            "race": _pick(chance, _RACES),
            "sex": _pick(chance, _SEXES),
            "age_band": _pick(chance, _AGES),
        },
    }
    return told | _course(chance, asked, told["probe_source"])


def _course(chance: random.Random, asked: datetime, source: str | None) -> dict[str, Any]:
    if source == "body_worn" and chance.random() < 0.9:  # noqa: PLR2004  (the few that slipped through)
        return {"decision": "refuse", "rules": [_REFUSED_CAMERA]}
    signed = asked + timedelta(minutes=chance.lognormvariate(3.6, 0.9))
    run = signed + timedelta(minutes=chance.uniform(1, 40))
    candidates = chance.choices((0, chance.randint(1, 20)), (3, 7))[0]
    return {
        "decision": chance.choices(("permit", "unknown"), (19, 1))[0],
        "signed_off_at": signed.isoformat(timespec="seconds"),
        "run_at": run.isoformat(timespec="seconds"),
        "candidates": candidates,
        "lead": candidates > 0 and chance.random() < 0.55,  # noqa: PLR2004  (a share, told once)
    }


def _pick(chance: random.Random, weighted: _Weighted) -> Any:
    return chance.choices([each for each, _ in weighted], [weight for _, weight in weighted])[0]
