"""Who plays in the demonstration."""

from dataclasses import dataclass
from typing import Final

from oversight.people.models import Role

AGENCY: Final = ("lapd", "Los Angeles Police Department")
UNIT: Final = "Robbery-Homicide Division"
COURSE: Final = "Facial comparison and identification (demonstration)"
# Others may ask for a search on their behalf: the form offers them by name.
NEIGHBOURS: Final = {
    "lasd": "Los Angeles County Sheriff's Department",
    "glendale-pd": "Glendale Police Department",
}


@dataclass(frozen=True)
class Player:
    """An account of the demonstration, with one role."""

    username: str
    name: str
    role: Role


PLAYERS: Final = (
    Player("officer", "Dana Ortiz", Role.OFFICER),
    Player("colleague", "Lee Marsh", Role.OFFICER),
    Player("supervisor", "Ruth Abara", Role.SUPERVISOR),
    Player("examiner1", "Ines Valdez", Role.EXAMINER),
    Player("examiner2", "Tomas Lindqvist", Role.EXAMINER),
    Player("examiner3", "Priya Raman", Role.EXAMINER),
    Player("auditor", "Howard Beal", Role.AUDITOR),
    Player("board", "Miriam Castellanos", Role.BOARD),
    Player("administrator", "Sam Okafor", Role.ADMINISTRATOR),
)
