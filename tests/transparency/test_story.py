"""The front page's answers in plain words: none, one and many are each said properly."""

import pytest

from oversight.transparency.presenting import story


def document(period=("2026-03-01", "2026-04-01"), before=0, **figures):
    names = ("requests", "run", "leads", "no_candidate", "undecided", "refused_by_gate")
    names += ("refused_by_supervisor", "refused_before_adoption")
    told = {name: {"value": figures.get(name, 0), "before_adoption": 0} for name in names}
    told["requests"]["before_adoption"] = before
    return {
        "period": dict(zip(("from", "to"), period, strict=True)),
        "figures": told,
        "use_types": [],
        "refusals_by_rule": [],
    }


def answer(number, **figures):
    return story(document(**figures))[number][1]


USED, OFTEN, _WHAT, RESULT, REFUSED = range(5)


@pytest.mark.parametrize(
    ("question", "figures", "words"),
    [
        (USED, {}, "No. Nobody asked for a search."),
        (USED, {"requests": 2}, "Searches were asked for, and none was run."),
        (USED, {"requests": 1, "run": 1}, "Yes. 1 search was run."),
        (OFTEN, {}, "Officers sent no request."),
        (OFTEN, {"requests": 1}, "Officers sent 1 request in 31 days."),
        (OFTEN, {"requests": 10}, "in 31 days. That is about one in 3 days."),
        (OFTEN, {"requests": 62}, "in 31 days. That is about 2.0 a day."),
        (
            OFTEN,
            {"requests": 5, "period": ("2026-03-01", "2026-03-02")},
            "Officers sent 5 requests on this day.",
        ),
        (OFTEN, {"requests": 3, "before": 1}, "1 of them is from before this system was in use."),
        (OFTEN, {"requests": 3, "before": 2}, "2 of them are from before this system was in use."),
        (RESULT, {"requests": 4}, "There was no result, since no search was run."),
        (RESULT, {"requests": 4, "run": 1}, "The one search gave no lead."),
        (RESULT, {"requests": 4, "run": 4}, "None of the 4 searches gave a lead."),
        (RESULT, {"run": 4, "leads": 2}, "2 searches of 4 gave a lead."),
        (RESULT, {"run": 4, "leads": 1, "no_candidate": 1}, "1 search returned nobody."),
        (RESULT, {"run": 4, "undecided": 3}, "Of 3, the result is not known."),
        (REFUSED, {"requests": 4}, "No request was refused."),
        (REFUSED, {"requests": 4, "refused_by_gate": 1}, "1 request of 4 was refused."),
        (REFUSED, {"requests": 4, "refused_by_supervisor": 1}, "A supervisor refused 1."),
        (REFUSED, {"requests": 4, "refused_by_supervisor": 2}, "Supervisors refused 2."),
        (REFUSED, {"requests": 4, "refused_before_adoption": 2}, "2 were refused before"),
    ],
)
def test_none_one_and_many_are_said_properly(question, figures, words):
    assert words in answer(question, **figures)


def test_a_report_without_tables_does_not_say_that_nothing_was_asked_for():
    assert answer(_WHAT, requests=4) == (
        "These days are in another report too. Its tables tell for what."
    )
    assert answer(_WHAT) == "For nothing: there were no requests."


def test_nothing_is_said_twice_of_what_did_not_happen():
    told = answer(RESULT, requests=4, run=4, leads=4)
    assert told == "4 searches of 4 gave a lead."
