"""Refuses a rule of which a part can never apply: over its cases and the enumerated space of facts."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from oversight.policy.effects import Comparison
from oversight.policy.engine.cases import case_facts
from oversight.policy.engine.facts import Facts
from oversight.policy.engine.loader import Library, with_instrument
from oversight.policy.engine.packs import Instrument, PackError, Rule
from oversight.policy.engine.policyset import Policy
from oversight.policy.engine.reach import alternatives_of, unmet
from oversight.policy.engine.request import cedar_request
from oversight.policy.standing import Act

_AT_MOST: Final = 20_000
"""Requests that are tried: some two seconds. Nearly always the first hundred meet everything."""


def check_reach(instrument: Instrument, library: Library, usual: str) -> None:
    """Raise `PackError` for the first alternative that no request meets, of a rule that is new.

    A rule that stands already with this text was checked when it was adopted. ``usual`` is the
    agency of the requests where the instrument binds nobody by itself.
    """
    before = library.instruments.get(instrument.slug)
    standing = {(rule.id, rule.cedar) for rule in before.rules} if before else set()
    new = [rule for rule in instrument.rules if (rule.id, rule.cedar) not in standing]
    alternatives = list(chain.from_iterable(alternatives_of(rule) for rule in new))
    after = with_instrument(library, instrument)
    tried = chain(_cases(new, instrument, after), _space(instrument, library, usual))
    requests = map(cedar_request, islice(tried, _AT_MOST))
    for never in unmet(alternatives, requests, Policy(after).world):
        raise PackError(
            f"{never.rule}.cedar",
            f"holds a part that never applies: no request meets `{never.text}`",
            "Correct it, or remove it. If a request does meet it, add that one as a case.",
        )


def _cases(rules: Sequence[Rule], instrument: Instrument, library: Library) -> Iterator[Facts]:
    for rule in rules:
        for case in (*rule.must, *rule.must_not):
            yield case_facts(library, instrument, case)


def _space(instrument: Instrument, library: Library, usual: str) -> Iterator[Facts]:
    day = instrument.in_force_from or instrument.last_verified
    comparison = Comparison(library, Act(instrument.slug, day, "", instrument))
    for agency, choice in comparison.requests(usual):
        facts = comparison.facts(agency, choice)
        if facts:
            yield facts
