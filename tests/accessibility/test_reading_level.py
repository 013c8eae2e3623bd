"""What the public reads is written for the public: grade 8 in English, "normal" in Spanish."""

from tests.accessibility.reading import load_of, load_of_all

GRADE, GRADE_OF_ONE = 8.0, 12.0
EASE, EASE_OF_ONE = 55.0, 40.0
# A paragraph shorter than this says little by these formulas: one long name decides.
_WORDS = 15
# Labels are no prose: only what ends as a sentence does is counted. Law in its own words: nobody may make it easier.
LAW = {"policy:rule", "policy:instrument", "policy:ask"}


def test_the_formulas_give_what_others_computed():
    """The first is Flesch-Kincaid's own example of plain prose: 13 words of one syllable."""
    easy = load_of("The cat sat on the mat. It saw a rat and ran out.", "en")
    assert (easy.words, easy.sentences, easy.syllables) == (13, 2, 13)
    assert round(easy.grade, 2) == -1.25
    easy = load_of("La casa es blanca. El perro come pan.", "es")
    assert (easy.words, easy.sentences, easy.syllables) == (8, 2, 12)
    assert round(easy.ease, 1) == 109.4


def test_every_page_is_at_grade_8(town):
    hard = dict(
        _hard(
            town.english.values(),
            "en",
            lambda load: load.grade - GRADE,
            lambda load: load.grade - GRADE_OF_ONE,
        )
    )
    assert not hard, "\n".join(f"{excess:.1f} too hard: {what}" for what, excess in hard.items())


def test_every_page_in_spanish_is_of_normal_ease(town):
    hard = dict(
        _hard(
            town.spanish.values(),
            "es",
            lambda load: EASE - load.ease,
            lambda load: EASE_OF_ONE - load.ease,
        )
    )
    assert not hard, "\n".join(f"{excess:.1f} too hard: {what}" for what, excess in hard.items())


def _hard(pages, language, of_page, of_one):
    for page in pages:
        if page.name in LAW:
            continue
        prose = [
            piece.text
            for piece in page.said.prose
            if piece.language == language and piece.text.endswith((".", "!", "?", ":"))
        ]
        long = [text for text in prose if len(text.split()) >= _WORDS]
        for text in long:
            if of_one(load_of(text, language)) > 0:
                yield text, of_one(load_of(text, language))
        if long and of_page(load_of_all(prose, language)) > 0:
            yield page.path, of_page(load_of_all(prose, language))
