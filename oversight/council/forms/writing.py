"""What strangers write."""

from django.core.exceptions import ValidationError

from oversight.interface.components import Text


def words_of(text: str, *, or_else: Text) -> str:
    """Return a text without its margins; raises ValidationError where it has no letter or digit."""
    found = text.strip()
    if not any(letter.isalnum() for letter in found):
        raise ValidationError(str(or_else))
    return found


def one_line(text: str) -> str:
    """Return a text on one line, words apart by one space."""
    return " ".join(text.split())
