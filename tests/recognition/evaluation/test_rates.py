"""Error rates, their intervals, and lists of pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.evaluation import ErrorRate, PairsUnreadable, equal_error, error_rate, read_pairs

VALUES = st.lists(st.floats(-2, 2), min_size=1, max_size=30)


def test_misses_and_false_matches_are_counted():
    fnmr, fmr = error_rate([0.9, 0.5, 0.4], [0.1, 0.5], 0.5)
    assert (fnmr, fmr) == (ErrorRate(1, 3), ErrorRate(1, 2))
    assert fnmr.rate == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("errors", "of", "low", "high"),
    # Wilson's interval as Newcombe (Statistics in Medicine 17, 1998, table I, method 3) gives it.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_wilsons(errors, of, low, high):
    assert ErrorRate(errors, of).interval == pytest.approx((low, high), abs=5e-5)


def test_nothing_compared_is_no_rate():
    assert (ErrorRate(0, 0).rate, ErrorRate(0, 0).interval) == (None, None)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate(counts):
    low, high = ErrorRate(*counts).interval
    assert 0 <= low <= ErrorRate(*counts).rate + 1e-12
    assert ErrorRate(*counts).rate - 1e-12 <= high <= 1


@given(VALUES, VALUES, st.floats(-2, 2), st.floats(-2, 2))
def test_a_stricter_threshold_misses_more_and_confuses_less(mated, non_mated, first, second):
    lax, strict = sorted([first, second])
    (lax_fnmr, lax_fmr), (fnmr, fmr) = (
        error_rate(mated, non_mated, threshold) for threshold in (lax, strict)
    )
    assert fnmr.errors >= lax_fnmr.errors
    assert fmr.errors <= lax_fmr.errors


def test_perfect_separation_has_no_equal_error():
    rate, threshold = equal_error([0.8, 0.9], [0.1, 0.2])
    assert rate == 0
    assert 0.2 < threshold <= 0.8


def test_equal_error_of_a_known_mix():
    """One of four on either side is wrong."""
    assert equal_error([0.9, 0.8, 0.7, 0.2], [0.1, 0.1, 0.1, 0.75])[0] == pytest.approx(0.25)


@given(VALUES, VALUES)
def test_equal_error_is_a_rate(mated, non_mated):
    rate, _ = equal_error(mated, non_mated)
    assert 0 <= rate <= 1


def test_one_kind_of_pair_has_no_equal_error():
    assert equal_error([0.5], []) is None


def test_lists_are_read_in_both_forms(tmp_path):
    table, lines = tmp_path / "pairs.csv", tmp_path / "pairs.jsonl"
    table.write_text("first,second,mated\na.jpg,b.jpg,true\na.jpg,c.jpg,0\n")
    lines.write_text(
        '{"first": "a.jpg", "second": "b.jpg", "mated": true}\n\n'
        '{"first": "a.jpg", "second": "c.jpg", "mated": false}\n'
    )
    assert read_pairs(table) == read_pairs(lines)
    assert [(pair.first, pair.mated) for pair in read_pairs(table)] == [
        (tmp_path / "a.jpg", True),
        (tmp_path / "a.jpg", False),
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("p.csv", b"first,second\na,b\n", "Line 2: mated is missing"),
        ("p.csv", b"first,second,mated\na,,true\n", "Line 2: second is missing"),
        ("p.csv", b"first,second,mated\na,b,perhaps\n", "Line 2: mated must be true or false"),
        ("p.csv", b"first,second,mated\n", "no pairs"),
        ("p.jsonl", b"[]\n", "Line 1: not a JSON object"),
        ("p.jsonl", b'{"first"\n', "Line 1: not a JSON object"),
        ("p.jsonl", b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_list_that_cannot_be_used_names_line_and_field(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PairsUnreadable, match=says):
        read_pairs(tmp_path / name)


def test_a_missing_list(tmp_path):
    with pytest.raises(PairsUnreadable):
        read_pairs(tmp_path / "absent.csv")
