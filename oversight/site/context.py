"""What every page knows of its house: the city's name."""

from django.conf import settings
from django.http import HttpRequest


def house(_request: HttpRequest) -> dict[str, object]:
    """Return the names that the base layout shows."""
    return {"city_name": settings.CITY_NAME}
