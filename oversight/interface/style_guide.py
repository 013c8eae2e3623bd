"""Sample content for the living style guide: every component with its states, all invented."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms as django_forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html

from oversight.interface import forms
from oversight.interface.components import (
    Figure,
    Link,
    SiteAlert,
    SummaryRow,
    TimelineEntry,
    Tone,
    UserMenu,
)
from oversight.interface.languages import translations_of
from oversight.interface.tables import Column, Table

_PACIFIC: Final = dt.timezone(dt.timedelta(hours=-8), "PST")
_NOON: Final = dt.datetime(2026, 3, 4, 12, 0, tzinfo=_PACIFIC)
_ANIMALS: Final = [("cat", "Cat"), ("dog", "Dog"), ("other", "Something else")]

REASONS: Final = (
    {
        "rule": "sample-2021/no-camera",
        "safeguard": "S14",
        "citation": "Sample ordinance, section 19B.2(d), adopted January 19, 2021",
        "message": "Pictures from this kind of camera must not be used for this.",
        "remedy": "Use a picture from another source and say where it comes from.",
        "url": "#reasons",
    },
    {
        "rule": "sample-2021/purpose",
        "safeguard": "S02",
        "citation": "Sample ordinance, section 19B.1",
        "message": "This purpose is forbidden.",
        "remedy": None,
    },
)


class SampleForm(forms.Form):
    """One field of every kind."""

    name = django_forms.CharField(
        label="Case number", max_length=40, help_text="As on the report, for example 26-0412."
    )
    note = django_forms.CharField(label="Unit", required=False)
    facts = forms.ProseField(
        label="What happened", max_length=300, help_text="In your own words, without names."
    )
    kind = django_forms.ChoiceField(
        label="Kind of record", choices=[("", "- Choose -"), ("a", "Report"), ("b", "Complaint")]
    )
    code = django_forms.ChoiceField(
        label="Code",
        widget=forms.ComboSelect,
        choices=[("", "- Choose -"), *((f"{n:02}", f"{n:02} Sample code") for n in range(1, 40))],
        help_text="Type to search the list.",
    )
    basis = django_forms.ChoiceField(
        label="Why are you asking?",
        choices=[("safety", "Someone is in danger"), ("inquiry", "An inquiry is open")],
        widget=forms.RadioTiles(descriptions={"safety": "There is no time to ask a court first."}),
        help_text="Choose the one that fits best.",
    )
    answer = django_forms.ChoiceField(
        label="Was it seen before?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=django_forms.RadioSelect,
    )
    seen = django_forms.MultipleChoiceField(
        label="What was seen",
        choices=_ANIMALS,
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
    )
    places = django_forms.MultipleChoiceField(
        label="Where",
        choices=[("park", "In a park"), ("home", "At home")],
        widget=forms.CheckboxTiles(descriptions={"park": "Any public green."}),
    )
    opened = forms.MemorableDateField(label="Date of the report", help_text="The day it was made.")
    seen_at = forms.MomentField(label="When was it seen?", latest=timezone.now)
    how_many = django_forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=50,
        widget=django_forms.NumberInput(attrs={"class": "usa-input--small"}),
    )
    picture = django_forms.FileField(label="Picture", help_text="JPEG or PNG, at most 20 MB.")
    secret = django_forms.CharField(
        label="Password",
        widget=django_forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    agreed = django_forms.BooleanField(label="I have read the notice above")


class FilterForm(forms.Form):
    """Filters are all optional, and are not marked so."""

    mark_optional = False
    words = django_forms.CharField(label="Words", required=False)
    animal = django_forms.ChoiceField(
        label="Animal", required=False, choices=[("", "All"), *_ANIMALS]
    )


class SampleTable(Table):
    """Rows in memory, sorted and paged like any others."""

    caption = "Animals seen"
    downloadable = True
    default_sort = "-seen"
    page_size = 5
    number = Column(
        header="Number",
        row_header=True,
        sort="number",
        cell=lambda row: format_html('<a href="#tables">{}</a>', row["number"]),
    )
    animal = Column(header="Animal", sort="animal")
    seen = Column(header="Seen at", sort="seen")
    how_many = Column(header="How many", sort="how_many", numeric=True)


def _rows() -> list[dict[str, object]]:
    return [
        {
            "number": f"26-{index:04}",
            "animal": _ANIMALS[index % 3][1],
            "seen": _NOON - dt.timedelta(hours=7 * index),
            "how_many": index * 310 % 1700,
        }
        for index in range(1, 64)
    ]


def _history() -> list[TimelineEntry]:
    return [
        TimelineEntry("Draft begun", _NOON - dt.timedelta(hours=3), "R. Alvarez"),
        TimelineEntry(
            "Returned", _NOON - dt.timedelta(hours=1), "J. Okafor", "The source was not named."
        ),
        TimelineEntry("Waiting for sign-off", _NOON, "J. Okafor", current=True),
        TimelineEntry("Decided"),
    ]


def _frame(query: QueryDict) -> dict[str, Any]:
    """What the site's context processor gives on real pages."""
    return {
        "navigation": [
            Link("Overview", "#top"),
            Link("Components", "/style-guide/", current=True),
            Link("Reports", "#tables"),
        ],
        "user_menu": UserMenu("R. Alvarez", "Officer, Burglary", "#", [Link("Account", "#")]),
        "site_alert": SiteAlert(
            "Searches are suspended",
            "By order of the board, since March 4, 2026.",
            Link("Read the order", "#"),
        )
        if query.get("alert")
        else None,
        "footer_links": [Link("Accessibility", "#"), Link("Open data", "#"), Link("Contact", "#")],
        "translations": translations_of("/style-guide/", "http://localhost"),
        "crumbs": [Link("Start", "/"), Link("Style guide")],
    }


def style_guide_context(query: QueryDict, data: Mapping[str, Any] | None) -> dict[str, Any]:
    """Everything the page shows; `data` is what was submitted, `?errors=1` submits nothing."""
    submitted = data if data is not None else ({} if query.get("errors") else None)
    return {
        **_frame(query),
        "form": SampleForm(submitted),
        "filters": FilterForm(query or None, auto_id="filter_%s"),
        "table": SampleTable(_rows(), query),
        "empty_table": SampleTable([], QueryDict("words=none")),
        "step_labels": ["Case", "Legal basis", "Image", "Scope", "Check"],
        "reasons": REASONS,
        "history": _history(),
        "tones": [(tone.value.capitalize(), tone) for tone in Tone],
        "moment": _NOON,
        "rows": [
            SummaryRow("Case number", "26-0412", "#forms"),
            SummaryRow("What was seen", ["Cat", "Dog"], "#forms"),
            SummaryRow("Opened", _NOON.date(), "#forms"),
            SummaryRow("Warrant", None, "#forms"),
        ],
        "figures": [
            Figure(1284, "Requests in 2026", "#", "12 more than in 2025", "#"),
            Figure("fewer than 5", "Withdrawn", "#"),
            Figure(0, "Without sign-off", "#"),
            Figure("31 min", "From request to decision", "#", "Half took longer, half less."),
        ],
        "empty_link": Link("Begin one", "#"),
    }
