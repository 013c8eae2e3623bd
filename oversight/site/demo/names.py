"""The names of the demonstration's accounts, for the pages that are shown and the people who look."""

from typing import Final

NAMES: Final = {
    "officer": "Dana Ortiz, officer",
    "colleague": "Lee Marsh, officer",
    "supervisor": "Ruth Abara, supervisor",
    "examiner1": "Ines Valdez, examiner",
    "examiner2": "Tomas Lindqvist, examiner",
    "examiner3": "Priya Raman, examiner",
    "auditor": "Howard Beal, auditor",
    "board": "Miriam Castellanos, oversight board",
    "administrator": "Sam Okafor, administrator",
}
"""User name -> name and role. Needs no Django, unlike the accounts themselves."""
