"""Figures that other rooms supply to an edition: complete, checked, and never zero by default."""

from datetime import date
from decimal import Decimal

import pytest

from oversight.transparency import sources
from oversight.transparency.models import Edition
from oversight.transparency.services import publish_edition
from oversight.transparency.sources import Period, SourceError, register_figures

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}


@pytest.fixture(autouse=True)
def _no_other_source(monkeypatch):
    monkeypatch.setattr(sources, "_SOURCES", {})


def complaints(period):
    return {"complaints": 3 if period.start.month == 3 else 0, "cost": Decimal("1284.5")}


@pytest.mark.django_db
def test_a_supplied_figure_is_published_and_the_others_stay_not_yet_recorded(office):
    register_figures(("complaints", "cost"), complaints)
    register_figures(["audits"], lambda _period: {"audits": None})
    figures = publish_edition(**MARCH).document["figures"]
    assert figures["complaints"]["value"] == 3
    assert figures["cost"]["value"] == "1284.50"
    assert figures["audits"]["value"] is None
    assert figures["technologies"]["value"] is None


@pytest.mark.django_db
def test_a_source_that_fails_stops_the_publication(office):
    def broken(_period):
        raise ZeroDivisionError

    register_figures(["complaints"], broken)
    with pytest.raises(ZeroDivisionError):
        publish_edition(**MARCH)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    "told", [{}, {"complaints": 1, "audits": 1}, {"complaints": -1}, {"complaints": True}]
)
def test_what_a_source_was_not_registered_for_is_an_error(told):
    register_figures(["complaints"], lambda _period: told)
    with pytest.raises(SourceError):
        sources.supplied_figures(Period(**MARCH))


@pytest.mark.parametrize("names", [(), "complaints", ["requests"], ["cost", "cost"], ["secrets"]])
def test_only_defined_names_can_be_registered(names):
    with pytest.raises(SourceError):
        register_figures(names, complaints)


def test_a_name_has_one_source():
    register_figures(["complaints"], lambda _period: {"complaints": 1})
    with pytest.raises(SourceError, match="already"):
        register_figures(["complaints"], complaints)
