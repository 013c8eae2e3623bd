"""What the public waits for: a yearly report over a million searches, and pages for many readers."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.utils import timezone

from oversight.site.bench.timing import Figures, percentiles
from oversight.transparency.document import Neighbours, build_document

_MILLION: Final = 1_000_000
_YEAR: Final = (date(1990, 1, 1), date(1991, 1, 1))  # before any search that a city could tell of
_READERS: Final = 4
_PAGES_EACH: Final = 750
_OK: Final = 200

_SEARCHES: Final = """
INSERT INTO transparency_earliersearch (source, key, day, requested_at, agency, unit, purpose, nibrs,
    probe_source, race, sex, age_band, decision, rules, signed_off_at, run_at, candidates, lead)
SELECT 'bench-year', i, at::date, at, (ARRAY['lapd', 'lasd', 'glendale-pd'])[1 + i %% 3],
    'Unit ' || i %% 40,
    (ARRAY['criminal_investigation', 'identity_fraud', 'trafficking', NULL])[1 + i / 7 %% 4],
    (ARRAY['120', '13A', '23C', '09A', '26F', NULL])[1 + i / 11 %% 6],
    (ARRAY['phone', 'fixed_cctv_private', 'social_media', NULL])[1 + i / 13 %% 4],
    (ARRAY['A', 'B', 'C', NULL])[1 + i / 17 %% 4], (ARRAY['F', 'M', NULL])[1 + i / 19 %% 3],
    (ARRAY['18-25', '26-40', NULL])[1 + i / 23 %% 3],
    CASE WHEN i %% 5 = 0 THEN 'refuse' ELSE 'permit' END,
    CASE WHEN i %% 5 = 0 THEN '["case-number"]'::jsonb ELSE '[]'::jsonb END,
    at + interval '1 hour' * (i %% 50), CASE WHEN i %% 5 > 0 THEN at + interval '3 hours' END,
    CASE WHEN i %% 5 > 0 THEN i / 3 %% 10 END, CASE WHEN i %% 5 > 0 THEN i / 3 %% 10 > 5 END
FROM (
    SELECT i, timestamptz '1990-01-01 12:00Z' + interval '31 seconds' * i AS at
    FROM generate_series(0, %s - 1) i
) AS invented
"""


def yearly_report() -> Figures:
    """Count a year of a million searches and make its document; nothing of it is kept."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SEARCHES, [_MILLION])
            cursor.execute("ANALYZE transparency_earliersearch")
        began = time.perf_counter()
        document = build_document(*_YEAR, at=timezone.now(), near=Neighbours())
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    counted = document["figures"]["requests"]["value"]
    return {"yearly_report": {"n": counted, "build_s": round(seconds, 1)}}


def pages(address: str) -> Figures:
    """Read the page of figures as browsers do, on connections that stay open, several at once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(_READERS) as pool:
        waited = [ms for each in pool.map(_read, [address] * _READERS) for ms in each]
    seconds = time.perf_counter() - began
    rate = round(len(waited) / seconds, 1)
    return {"public": {"requests_per_s": rate, **percentiles(waited)}}


def _read(address: str) -> list[float]:
    """Read the page again and again; milliseconds of each time but the first."""
    site = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    waited = [_one(site) for _ in range(_PAGES_EACH + 1)]
    site.close()
    return waited[1:]


def _one(site: http.client.HTTPConnection) -> float:
    began = time.perf_counter()
    site.request("GET", "/statistics/")
    answer = site.getresponse()
    answer.read()
    if answer.status != _OK:
        raise RuntimeError(f"/statistics/ answered {answer.status}")
    return (time.perf_counter() - began) * 1000
