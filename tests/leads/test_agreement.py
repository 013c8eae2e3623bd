"""The rule of agreement, by every case there is."""

from uuid import uuid4

import pytest

from oversight.leads.agreement import agreement_of, examiners_wanted
from oversight.leads.models import Result

X, Y, Z = uuid4(), uuid4(), uuid4()
LEAD, NO_LEAD = Result.Kind.LEAD, Result.Kind.NO_LEAD


@pytest.mark.parametrize("named", [[], [X], [None], [X, Y], [X, None], [None, X]])
def test_fewer_than_two_or_two_that_differ_decide_nothing(named):
    assert agreement_of(named) is None


@pytest.mark.parametrize(
    ("named", "kind", "rule", "candidate"),
    [
        ([X, X], LEAD, "two_agree", X),
        ([None, None], NO_LEAD, "two_agree", None),
        ([X, Y, X], LEAD, "two_of_three", X),
        ([X, None, X], LEAD, "two_of_three", X),
        ([X, None, None], NO_LEAD, "two_of_three", None),
        ([X, Y, Z], NO_LEAD, "no_agreement", None),
        ([X, Y, None], NO_LEAD, "no_agreement", None),
    ],
)
def test_two_on_the_same_decide(named, kind, rule, candidate):
    for order in (named, named[::-1], named[1:] + named[:1]):
        if agreement_of(order[:2]) is None or len(named) == 2:
            found = agreement_of(order)
            assert (found.kind, found.rule, found.candidate) == (kind, rule, candidate)


def test_a_fourth_opinion_is_an_error():
    with pytest.raises(ValueError, match="at most 3"):
        agreement_of([X, Y, Z, X])


@pytest.mark.parametrize(
    ("named", "wanted"), [([], 2), ([X], 2), ([X, X], 2), ([X, Y], 3), ([X, Y, None], 3)]
)
def test_a_third_is_wanted_only_where_two_differ(named, wanted):
    assert examiners_wanted(named) == wanted
