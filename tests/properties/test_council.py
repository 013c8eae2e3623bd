"""Properties of the council's room: letters that say the same, and the life of a technology."""

import random
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.council.life import USABLE, Changed, Life, State, Voted, state_of
from oversight.council.similarity import (
    THRESHOLD,
    groups_of,
    resemblance,
    runs_of,
    signature_of,
)

QUICK = settings(max_examples=60, deadline=None)
LETTER = """\
I live two blocks from the park where the department wants to put these cameras. Nobody on my street
was asked. The report does not say who may look at the pictures, how long they are kept, or what is
done when the wrong person is stopped. Until those questions have answers I ask every member of the
council to vote no, to hold another hearing in our neighborhood in the evening, and to publish what
the trial last year cost and what came of it. Thank you for your time and for reading this letter."""
OTHERS = (
    "My shop was broken into twice and a camera on the corner would have shown who did it. Vote yes.",
    "As a public defender I have met people who were arrested because a program pointed at them.",
    "The money would be better spent on lights and on the library, which closes at five every day.",
    "I trust our officers and I think that they should have the tools that other cities have.",
    "Cameras at the park will keep day laborers from gathering there, and that is the whole point.",
    "Please say who reads the report, because the last one was never published anywhere at all.",
)


def edited(edits, seed):
    """The letter with some words changed, one after the other, and a name under it."""
    drawn, words = random.Random(seed), LETTER.split()
    start = drawn.randrange(len(words) - edits)
    for place in range(start, start + edits):
        words[place] = f"word{drawn.randrange(10_000)}"
    return " ".join([*words, "Signed", f"resident{seed}"])


def shared(one, other):
    return len(runs_of(one) & runs_of(other)) / len(runs_of(one) | runs_of(other))


@QUICK
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 10_000)), min_size=2, max_size=12))
def test_a_form_letter_with_a_changed_sentence_is_one_text(changes):
    texts = [edited(edits, seed) for edits, seed in changes]
    groups = groups_of({n: signature_of(text) for n, text in enumerate(texts)})
    assert set(groups.values()) == {0}


@QUICK
@given(st.permutations(OTHERS))
def test_letters_in_own_words_are_texts_of_their_own(texts):
    signatures = {n: signature_of(text) for n, text in enumerate([*texts, LETTER])}
    assert len(set(groups_of(signatures).values())) == len(texts) + 1


@QUICK
@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 50)), min_size=1, max_size=10),
    st.randoms(use_true_random=False),
)
def test_the_groups_do_not_depend_on_the_order(changes, drawn):
    signatures = {n: signature_of(edited(*change)) for n, change in enumerate(changes)}
    shuffled = list(signatures.items())
    drawn.shuffle(shuffled)
    groups = groups_of(signatures)
    assert groups_of(dict(shuffled)) == groups
    assert all(groups[group] == group <= number for number, group in groups.items())


@QUICK
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 50)), min_size=2, max_size=10))
def test_whatever_is_at_the_threshold_is_joined_and_whoever_is_joined_has_a_reason(changes):
    signatures = {n: signature_of(edited(*change)) for n, change in enumerate(changes)}
    groups = groups_of(signatures)
    for number, group in groups.items():
        same = [n for n in groups if groups[n] == group and n != number]
        nearest = [resemblance(signatures[number], signatures[n]) for n in same]
        assert not same or max(nearest) >= THRESHOLD
        for other in groups:
            if resemblance(signatures[number], signatures[other]) >= THRESHOLD + 0.15:
                assert groups[other] == group


@QUICK
@given(st.integers(0, 60), st.integers(0, 100))
def test_the_estimate_is_near_the_share_in_common(edits, seed):
    one, other = LETTER, edited(edits, seed)
    found = resemblance(signature_of(one), signature_of(other))
    assert abs(found - shared(one, other)) < 0.25


def test_case_marks_and_short_texts_are_compared_too():
    same = ["Vote NO!", "vote no", "Vote, no..."]
    assert len({signature_of(text) for text in same}) == 1
    assert signature_of("Vote yes") != signature_of("Vote no")
    assert groups_of({}) == {}


def test_a_signature_is_the_same_at_every_run_and_for_ever():
    signature = signature_of("Vote no on the cameras in our park, please.")
    assert signature.hex().startswith("3a2394690cc83203")
    assert len(signature) == 512


BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAYS = st.integers(0, 400)


@st.composite
def votes(draw):
    entered = draw(DAYS)
    confirmed = draw(st.none() | st.integers(entered, 420))
    first = draw(st.integers(0, 450))
    return Voted(
        BEGIN + timedelta(days=entered),
        None if confirmed is None else BEGIN + timedelta(days=confirmed),
        draw(st.booleans()),
        draw(st.booleans()),
        date(2026, 1, 1) + timedelta(days=first),
        draw(
            st.none() | st.integers(first + 1, 900).map(lambda n: date(2026, 1, 1) + timedelta(n))
        ),
    )


LIVES = st.builds(
    Life,
    st.lists(DAYS.map(lambda n: BEGIN + timedelta(n)), max_size=3),
    st.lists(votes(), max_size=4),
    st.lists(
        st.builds(
            Changed,
            st.sampled_from(["suspended", "reinstated", "retired"]),
            DAYS.map(lambda n: BEGIN + timedelta(n)),
        ),
        max_size=4,
        unique_by=lambda change: change.at,
    ),
)
ON = st.integers(0, 900).map(lambda n: date(2026, 1, 1) + timedelta(n))


@settings(max_examples=300, deadline=None)
@given(LIVES, ON)
def test_what_is_usable_has_a_carried_and_confirmed_vote_in_force_and_no_halt(life, day):
    state = state_of(life, day)
    acts = [change.act for change in sorted(life.changes, key=lambda change: change.at)]
    approved = any(vote.confirmed_at and vote.approves(day) for vote in life.votes)
    halted = "retired" in acts or acts[-1:] == ["suspended"]
    assert (state in USABLE) == (approved and not halted)
    assert not approved or any(vote.carried and vote.permitted for vote in life.votes)


@settings(max_examples=200, deadline=None)
@given(LIVES, ON, st.integers(0, 420))
def test_what_was_known_then_does_not_change_with_what_came_later(life, day, moment):
    then = BEGIN + timedelta(days=moment)
    known = life.as_of(then)
    assert known.as_of(then) == known
    later = Changed("retired", then + timedelta(days=1))
    more = Life(life.proposed, life.votes, [*life.changes, later])
    assert state_of(more.as_of(then), day) == state_of(known, day)
    assert state_of(more, day) == State.RETIRED


@settings(max_examples=200, deadline=None)
@given(LIVES, ON)
def test_an_act_that_halts_never_permits_more(life, day):
    end = max((change.at for change in life.changes), default=BEGIN) + timedelta(days=1)
    for act in ("suspended", "retired"):
        halted = Life(life.proposed, life.votes, [*life.changes, Changed(act, end)])
        assert state_of(halted, day) not in USABLE
