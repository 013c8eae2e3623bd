"""The days of an edition's period, as moments where the city is."""

from datetime import date, datetime, time

from django.utils import timezone

from oversight.people.models import Person


def midnight(day: date) -> datetime:
    """The moment at which a day begins where the city is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def ended_before_adoption(end: date) -> bool:
    """Whether nobody could have recorded anything yet: there was no account before ``end``."""
    first = Person.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return first is None or end <= timezone.localdate(first)
