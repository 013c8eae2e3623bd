"""Two publications at once: they wait for one another, and nothing is published twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from django.db import connection

from oversight.transparency.models import Edition
from oversight.transparency.services import PublicationRefusedError, publish_edition
from tests.transparency.rows import Office, moment


def publish_at_once(periods):
    """Publish each period from a thread of its own; return numbers or refusals, in that order."""
    start = Barrier(len(periods))

    def publish(period):
        try:
            start.wait(timeout=120)
            return publish_edition(start=period[0], end=period[1]).number
        except PublicationRefusedError as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(periods)) as threads:
        return list(threads.map(publish, periods))


def test_of_two_publications_of_one_period_one_is_refused(live_database):
    office = Office()
    office.refuse(office.send(moment("2026-03-04T14:05")))
    march = (date(2026, 3, 1), date(2026, 4, 1))
    told = publish_at_once([march, march, march])
    assert told.count(1) == 1
    assert sum("Edition 1 covers this period already" in str(answer) for answer in told) == 2
    assert Edition.objects.count() == 1


def test_different_periods_get_numbers_without_gaps(live_database):
    Office()
    months = [(date(2026, m, 1), date(2026, m + 1, 1)) for m in (1, 2, 3)]
    assert sorted(publish_at_once(months)) == [1, 2, 3]
