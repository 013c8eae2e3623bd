"""What each figure counts, and from which rows. An edition freezes these words with its numbers."""

from typing import Final

from oversight.transparency.definitions.definition import Definition, Text
from oversight.transparency.definitions.later import NOT_YET_RECORDED
from oversight.transparency.definitions.own import ENDINGS, RECORDED, RESULTS
from oversight.transparency.definitions.supplied import SUPPLIED

__all__ = [
    "ALL",
    "BY_NAME",
    "ENDINGS",
    "NOT_YET_RECORDED",
    "RECORDED",
    "RESULTS",
    "SUPPLIED",
    "Definition",
    "Text",
]

ALL: Final = (*RECORDED, *SUPPLIED.values(), *NOT_YET_RECORDED)
BY_NAME: Final = {definition.name: definition for definition in ALL}
