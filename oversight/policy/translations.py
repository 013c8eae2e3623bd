"""The rules in other languages: unofficial, found by the rule and the exact English text.

The English text governs. A text that has changed since it was translated has no translation any
more, and ``make check`` says so; it is then shown in English, marked as such.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

_PREFIX: Final = "rule: "


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of the law in the language of the page, with the English that governs."""

    english: str
    text: str

    @property
    def translated(self) -> bool:
        """Whether ``text`` is a translation."""
        return self.text != self.english

    @property
    def foreign(self) -> bool:
        """Whether the page is in another language and the text has no translation."""
        return not self.translated and get_language() != settings.LANGUAGE_CODE

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> SafeString:
        """The text, marked as English where the page is not."""
        if self.foreign:
            return format_html('<span lang="en">{}</span>', self.text)
        return format_html("{}", self.text)


def context_of(slug: str) -> str:
    """The context under which a catalogue holds the texts of a rule or an instrument."""
    return _PREFIX + slug


def wording(slug: str, english: str) -> Wording:
    """A text of a rule (``pack/rule``) or an instrument in the language of the page."""
    text = pgettext(context_of(slug), english) if english else english
    return Wording(english, text)


def as_written(text: object) -> SafeString | str:
    """A citation or a name that is never translated, marked as English where the page is not."""
    if get_language() == settings.LANGUAGE_CODE or not text:
        return str(text or "")
    return format_html('<span lang="en">{}</span>', text)
