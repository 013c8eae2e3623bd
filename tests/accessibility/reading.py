"""How hard a text is to read, by formulas that are decades old and known to be rough.

English: the Flesch-Kincaid grade level (J. P. Kincaid et al., Derivation of New Readability Formulas
for Navy Enlisted Personnel, 1975): 0.39 words per sentence + 11.8 syllables per word - 15.59.

Spanish: the Flesch-Szigriszt index (F. Szigriszt Pazos, Sistemas predictivos de legibilidad del
mensaje escrito, 1993): 206.835 - 62.3 syllables per word - words per sentence, read on the INFLESZ
scale (I. Barrio-Cantalejo et al., An. Sist. Sanit. Navar. 31(2), 2008): 55 to 65 is "normal", as
newspapers for everyone are; 40 to 55 is somewhat difficult.

Syllables are counted by where a word may be divided (pyphen, the dictionaries of LibreOffice).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_END = re.compile(r"[.!?:;]+(?=\s|$)")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Load:
    """What the formulas count in some text."""

    words: int
    sentences: int
    syllables: int

    def __add__(self, other):
        return Load(
            self.words + other.words,
            self.sentences + other.sentences,
            self.syllables + other.syllables,
        )

    @property
    def grade(self):
        """School grade in the United States (Flesch-Kincaid)."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self):
        """Points on the scale of INFLESZ; more is easier (Flesch-Szigriszt)."""
        return 206.835 - 62.3 * self.syllables / self.words - self.words / self.sentences


def load_of(text, language):
    """Count one paragraph; one without a full stop is one sentence."""
    words = _WORD.findall(text)
    sentences = [part for part in _END.split(text) if _LETTER.search(part)]
    syllables = sum(_syllables(word.lower(), language) for word in words)
    return Load(len(words), max(1, len(sentences)), syllables)


def load_of_all(texts: Iterable[str], language):
    """Count a page: its paragraphs together."""
    return sum((load_of(text, language) for text in texts), Load(0, 0, 0))


@cache
def _syllables(word, language):
    if not _LETTER.search(word):
        return 1  # a figure, however it is spoken
    return len(_dictionary(language).positions(word)) + 1


@cache
def _dictionary(language):
    return pyphen.Pyphen(lang={"en": "en_US", "es": "es"}[language], left=1, right=1)
