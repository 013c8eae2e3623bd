"""What the public reads is written for the public: grade 8 in English, "normal" in Spanish."""

from django.utils.translation import override

from oversight.policy import gate
from oversight.policy.translations import wording
from tests.accessibility.reading import load_of, load_of_all

GRADE, GRADE_OF_ONE = 8.0, 12.0
EASE, EASE_OF_ONE = 55.0, 40.0
# A paragraph shorter than this says little by these formulas: one long name decides.
_WORDS = 15
# A refusal is short: even of twelve words it must be clear what is missing.
_WORDS_OF_A_RULE = 8
# Labels are no prose: only what ends as a sentence does is counted. Pages of citations and of many
# rules' messages; what the rules say on them is held to its own measure below.
LAW = {"policy:rule", "policy:instrument", "policy:ask"}
# Law in its own words: nobody may make it easier.
QUOTED = {
    "eu-post-rbi": "Initial identification of a suspect from objective and verifiable facts "
    "directly linked to the offence.",
}


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


def test_what_the_rules_say_is_within_grade_12_and_somewhat_difficult_in_spanish():
    said = list(_said_by_the_rules())
    assert all(quoted in said for quoted in QUOTED.items())
    hard = []
    for slug, english in said:
        if len(english.split()) < _WORDS_OF_A_RULE or QUOTED.get(slug) == english:
            continue
        with override("es"):
            spanish = wording(slug, english).text
        grade, ease = load_of(english, "en").grade, load_of(spanish, "es").ease
        if grade > GRADE_OF_ONE:
            hard.append(f"grade {grade:.1f}: {slug}: {english}")
        if ease < EASE_OF_ONE:
            hard.append(f"{ease:.1f} points: {slug}: {spanish}")
    assert not hard, "\n".join(hard)


def _said_by_the_rules():
    """The slug and the English of every summary, message and remedy; titles are labels."""
    for instrument in gate.catalogue().instruments:
        yield instrument.slug, instrument.summary
        for exception in instrument.exceptions:
            yield instrument.slug, exception.message
        for rule in instrument.rules:
            yield from ((rule.id, text) for text in (rule.message, rule.remedy) if text)


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
