"""Which texts each file of translations must hold: the pages', and those of every instrument."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from oversight.policy.engine.decide import EVALUATION_ERROR, NO_RULE
from oversight.policy.engine.loader import read_library
from oversight.policy.engine.packs import Instrument
from oversight.policy.gate import PACKS
from oversight.policy.translations import context_of
from oversight.site.catalogue.extract import Message, messages_in
from oversight.site.catalogue.files import PAGES, RULES
from oversight.site.catalogue.sources import spoken_to_the_public

Wanted = dict[tuple[str, str], Message]


def wanted() -> dict[Path, Wanted]:
    """The texts that need a translation, by the file in which it belongs.

    Raises:
        UnreadableError: a marked text is put together at run time.
    """
    found = {PAGES: messages_in(spoken_to_the_public())}
    for instrument in read_library(PACKS, sealed=False).instruments.values():
        found[RULES / f"{instrument.slug}.po"] = {
            message.key: message for message in _texts_of(instrument)
        }
    found[RULES / "gate.po"] = {message.key: message for message in _texts_of_the_gate()}
    return found


def _texts_of_the_gate() -> Iterator[Message]:
    for reason in (NO_RULE, EVALUATION_ERROR):
        yield from _messages(reason.rule, [reason.message, reason.remedy])


def _texts_of(instrument: Instrument) -> Iterator[Message]:
    own = [instrument.title, instrument.summary, instrument.awaits_counsel]
    own += [instrument.jurisdiction, instrument.adopted]
    own += [each.message for each in instrument.exceptions]
    yield from _messages(instrument.slug, own)
    for rule in instrument.rules:
        cases = [case.name for case in (*rule.must, *rule.must_not)]
        yield from _messages(rule.id, [rule.title, rule.message, rule.remedy, *cases])


def _messages(slug: str, texts: Iterable[str | None]) -> Iterator[Message]:
    for text in texts:
        if text:
            yield Message(text=text, context=context_of(slug))
