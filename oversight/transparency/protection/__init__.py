"""Which counts of requests an edition withholds, so that no small one can be worked out."""

from oversight.transparency.protection.choice import Earlier, Numbers, Protection
from oversight.transparency.protection.exchanges import Cell, Stretch

__all__ = ["Cell", "Earlier", "Numbers", "Protection", "Stretch"]
