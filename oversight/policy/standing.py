"""The law as it stands: the packs in files, what was adopted since, and the board's suspension.

The packs are the seed. Each adopted act changes the library from the day on which it takes effect:
rules of what it replaces end that day, and its own begin. A suspension is one more rule, which
refuses everything and is in every policy set, so that a decision names it and can be made again.

Where acts come from is not known here: the application connects a source when it starts. One
small query a decision says whether anything is new, so every process notices at once.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final, Protocol

from oversight.policy.engine.loader import Library
from oversight.policy.engine.packs import Instrument, Rule
from oversight.policy.engine.policyset import HOUSE, Policy, Trial
from oversight.policy.engine.replayer import Law

BOARD: Final = "board"
_BEFORE_ALL: Final = datetime(1000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Act:
    """One adopted act: an instrument, or (``instrument`` None) the end of ``slug``."""

    slug: str
    takes_effect: date
    replaces: str
    instrument: Instrument | None

    @property
    def trial(self) -> Trial:
        """The act tried out as if it had been in force on every day."""
        return Trial(frozenset({self.slug, self.replaces} - {""}), self.instrument)


@dataclass(frozen=True, slots=True)
class Suspended:
    """A suspension that has not been lifted: its number, its day, and the board's reason."""

    number: int
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class State:
    """What names the law as it stands: the acts in order, and the suspension."""

    acts: tuple[str, ...] = ()
    suspended: Suspended | None = None
    approvals: bool = True
    """Whether only what stands approved on the public inventory may be searched."""


_NOTHING: Final = State(approvals=False)


class Source(Protocol):
    """Where acts come from."""

    def state(self, as_of: datetime | None = None) -> State:
        """What stands now, or stood at a moment; asked at every decision."""
        ...

    def acts(self, seed: Library, state: State) -> Sequence[Act]:
        """The acts of a state in the order of adoption; read when the state is new."""
        ...

    def moments(self) -> Sequence[datetime]:
        """The moments at which the state has changed, in order."""
        ...


_source: list[Source] = []
_files_only: ContextVar[bool] = ContextVar("files_only", default=False)
_kept: dict[State, Policy] = {}
_KEPT_AT_MOST: Final = 8


def connect(source: Source) -> None:
    """Let the gate decide under what ``source`` adopted, too."""
    _source[:] = [source]


@contextmanager
def files_only() -> Iterator[None]:
    """Within, the packs in files are all the law: no database is asked."""
    token = _files_only.set(True)
    try:
        yield
    finally:
        _files_only.reset(token)


def standing_policy(
    seed: Policy, *, suspensions: bool = True, as_of: datetime | None = None
) -> Policy:
    """The rules that stand at this moment, or that stood at another.

    ``suspensions=False`` leaves out what the board halted or has not approved: the law alone.
    """
    if not _source or _files_only.get():
        return seed
    source = _source[0]
    state = source.state(as_of)
    if not suspensions:
        state = replace(state, suspended=None, approvals=False)
    if state == _NOTHING:
        return seed
    return _kept_or(state, lambda: _built(seed, state, source))


def law_as_it_stands(seed: Policy) -> Law:
    """The law as it is known now, for every day; a suspension is left out."""
    return Law((standing_policy(seed, suspensions=False).library,))


def law_as_known(seed: Policy) -> Law:
    """What was known at each moment, suspensions included: stored decisions come out the same."""
    moments = _source[0].moments() if _source and not _files_only.get() else ()
    first = standing_policy(seed, as_of=_BEFORE_ALL).library
    since = [standing_policy(seed, as_of=moment).library for moment in moments]
    return Law((first, *since), tuple(moments))


def _kept_or(state: State, build: Callable[[], Policy]) -> Policy:
    if state not in _kept:
        built = build()
        if len(_kept) >= _KEPT_AT_MOST:
            _kept.clear()
        _kept[state] = built
        return built
    return _kept[state]


def _built(seed: Policy, state: State, source: Source) -> Policy:
    library = seed.library
    if state.acts:
        library = with_acts(library, source.acts(library, state))
    if state.approvals:
        library = with_house_rule(library, ONLY_APPROVED)
    if state.suspended:
        library = with_house_rule(library, halt(state.suspended))
    return Policy(library)


def with_acts(library: Library, acts: Sequence[Act]) -> Library:
    """The library after every act, in order."""
    for act in acts:
        library = with_act(library, act)
    return library


def with_act(library: Library, act: Act) -> Library:
    """The library after one act: what it replaces ends on the day on which it takes effect."""
    instruments = dict(library.instruments)
    for slug in {act.slug, act.replaces} & instruments.keys():
        instruments[slug] = ended(instruments[slug], act.takes_effect)
    if act.instrument:
        before = instruments.get(act.slug)
        instruments[act.slug] = succeeding(before, act.instrument)
    codes = {exception.code for one in instruments.values() for exception in one.exceptions}
    reference = replace(library.reference, exceptions=frozenset(codes))
    return Library(instruments, reference, library.base)


def ended(instrument: Instrument, day: date) -> Instrument:
    """The instrument with everything over on ``day``; a proposal has nothing to end."""
    if instrument.in_force_from is None:
        return instrument
    rules = tuple(
        replace(rule, in_force_until=min(rule.in_force_until or day, day))
        for rule in instrument.rules
        if rule.in_force_from < day
    )
    until = min(instrument.in_force_until or day, day)
    return replace(instrument, rules=rules, in_force_until=until)


def succeeding(before: Instrument | None, instrument: Instrument) -> Instrument:
    """The instrument with the past versions of its rules, so that earlier days keep their law."""
    if before is None or before.in_force_from is None:
        return instrument
    codes = {exception.code for exception in instrument.exceptions}
    past = tuple(one for one in before.exceptions if one.code not in codes)
    rules = sorted(
        (*before.rules, *instrument.rules), key=lambda rule: (rule.id, rule.in_force_from)
    )
    return replace(
        instrument,
        rules=tuple(rules),
        exceptions=(*instrument.exceptions, *past),
        in_force_from=before.in_force_from,
    )


def with_house_rule(library: Library, rule: Rule) -> Library:
    """The library with one more rule in the house, which is part of every policy set."""
    house = library.instruments[HOUSE]
    more = replace(house, rules=(*house.rules, rule))
    return replace(library, instruments={**library.instruments, HOUSE: more})


def halt(suspended: Suspended) -> Rule:
    """The rule of a suspension: it refuses every action of every agency."""
    number, day = suspended.number, suspended.day
    return Rule(
        id=f"{BOARD}/suspension-{number}",
        instrument=BOARD,
        effect="forbid",
        safeguard="SYS",
        title="Suspended by the oversight board",
        citation=f"Act of the oversight board, suspension no. {number}, {day.isoformat()}",
        evidence="S",
        sources=(),
        last_verified=day,
        message=f"The oversight board has suspended every use: {suspended.reason}",
        remedy="Wait until the board lifts the suspension.",
        in_force_from=date.min,
        in_force_until=None,
        cedar="forbid (principal, action, resource);",
    )


ONLY_APPROVED: Final = Rule(
    id=f"{BOARD}/approved-technology",
    instrument=BOARD,
    effect="forbid",
    safeguard="R08",
    title="Only what stands approved on the inventory",
    citation="The public inventory of technologies, with the vote on each",
    evidence="S",
    sources=(),
    last_verified=date(2026, 11, 22),
    message="This technology, or the gallery that it searches, does not stand approved on the "
    "public inventory: it was never approved, is suspended or retired, or its approval has ended.",
    remedy="Use an approved one, or wait for an approval by recorded vote.",
    in_force_from=date.min,
    in_force_until=None,
    cedar="forbid (principal, action, resource)"
    " when { context has gallery && !context.gallery.approved };",
)
"""Kept wherever this system runs, whatever city's law binds: nothing unapproved is searched."""
