"""The breakdowns that are tied to persons: their rows, their columns, and the words for both.

Rows are a fixed list wherever there is one: which rows a table has must not tell what occurred.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oversight.requests import codes
from oversight.transparency.counting import Fate, Outcome

Labels = Mapping[str, str | Promise]

COLUMNS: Final = ("refused", "not_run", "no_candidate", "no_lead", "lead")
"""What became of a request, one of these each: the columns of a table about persons."""

COLUMN_LABELS: Labels = {
    "requests": _("Requests"),
    "refused": _("Refused"),
    "not_run": _("Not run for other reasons"),
    "no_candidate": _("Run, nobody returned"),
    "no_lead": _("Run, no lead or none yet"),
    "lead": _("Run, lead"),
}

OFFENCES: Labels = {
    "09": _("Homicide"),
    "10": _("Kidnapping, treason or espionage"),
    "11": _("Sex offenses"),
    "12": _("Robbery"),
    "13": _("Assault"),
    "20": _("Arson"),
    "21": _("Extortion"),
    "22": _("Burglary"),
    "23": _("Larceny and theft"),
    "24": _("Motor vehicle theft"),
    "25": _("Counterfeiting or forgery"),
    "26": _("Fraud"),
    "27": _("Embezzlement"),
    "28": _("Stolen property"),
    "29": _("Destruction of property"),
    "30": _("Immigration offenses"),
    "35": _("Drug offenses"),
    "36": _("Other sex offenses"),
    "37": _("Pornography"),
    "39": _("Gambling"),
    "40": _("Prostitution"),
    "49": _("Fugitive offenses"),
    "51": _("Bribery"),
    "52": _("Weapon offenses"),
    "58": _("Import or export offenses"),
    "61": _("Federal liquor or tobacco offenses"),
    "62": _("Wildlife trafficking"),
    "64": _("Human trafficking"),
    "72": _("Animal cruelty"),
    "90": _("Other offenses (group B)"),
    "unknown": _("No offense named"),
}
"""Offence categories: the first two digits of a NIBRS code (FBI, NIBRS User Manual, section 2)."""

SOURCES: Labels = {**codes.PROBE_SOURCES, "unknown": _("Not stated")}

TITLES: Labels = {
    "offence": _("Requests by offense"),
    "image_source": _("Requests by source of the image"),
    "race": _("Earlier searches by race of the person, as the source wrote it"),
    "sex": _("Earlier searches by sex of the person, as the source wrote it"),
    "age_band": _("Earlier searches by age of the person, as the source wrote it"),
}

ABOUT_SUBJECTS: Final = ("race", "sex", "age_band")
"""Only sources from before adoption tell these: this system neither asks nor infers them."""


def rows_of(table: str, seen: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the keys of a table's rows; ``seen`` holds what sources ever wrote of subjects."""
    if table == "offence":
        return tuple(OFFENCES)
    if table == "image_source":
        return tuple(SOURCES)
    return (*sorted(seen.get(table, set()) - {"unknown"}), "unknown")


def offence_row(nibrs: str | None) -> str:
    """Return the category in which an offence is counted."""
    category = (nibrs or "")[:2]
    return category if category in OFFENCES else "unknown"


def source_row(source: str | None) -> str:
    """Return the row in which the source of an image is counted."""
    return source if source is not None and source in SOURCES else "unknown"


def column_of(fate: Fate) -> str:
    """Return the one column in which a request is counted."""
    if fate.outcome in (Outcome.NO_CANDIDATE, Outcome.LEAD):
        return str(fate.outcome)
    if fate.outcome is not None:
        return "no_lead"
    return "refused" if fate.refused else "not_run"


def row_label(table: str, key: str) -> str | Promise:
    """Return the words for a row; what a source wrote stands as it is."""
    known: Labels = {"offence": OFFENCES, "image_source": SOURCES}.get(table, {})
    return known.get(key, _("Not stated") if key == "unknown" else key)
