"""The draw: recomputable by anyone, blind to the order of rows, and fair."""

import json
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.council.board import lots
from oversight.council.board.lots import digest_of_plan, draw_members

FRAMES = st.dictionaries(st.integers(0, 10**9), st.integers(1, 20), min_size=1, max_size=60)
DIGESTS = st.binary(min_size=32, max_size=32)


def root_of(number):
    return sha256(f"root {number}".encode()).digest()


def drawn(weights, size, number):
    return draw_members(
        weights=weights, size=size, root=root_of(number), announcement=root_of("announcement")
    )


@settings(max_examples=60, deadline=None)
@given(FRAMES, st.integers(1, 70), DIGESTS, DIGESTS, st.randoms())
def test_the_draw_depends_on_frame_root_and_announcement_and_not_on_the_order_of_rows(
    weights, size, root, announcement, dice
):
    rows = list(weights.items())
    dice.shuffle(rows)
    one = draw_members(weights=weights, size=size, root=root, announcement=announcement)
    other = draw_members(weights=dict(rows), size=size, root=root, announcement=announcement)
    assert one == other
    assert len(set(one)) == len(one) == min(size, len(weights))
    assert set(one) <= set(weights)


@settings(max_examples=40, deadline=None)
@given(FRAMES, st.integers(1, 30), DIGESTS)
def test_a_larger_sample_begins_with_the_smaller_one(weights, size, root):
    """So nobody gains by announcing another size."""
    small, large = (
        draw_members(weights=weights, size=each, root=root, announcement=root)
        for each in (size, size + 5)
    )
    assert large[: len(small)] == small


def test_every_member_is_drawn_equally_often():
    """Chi-squared over 3000 roots, 20 members, 5 drawn: 99.9% of fair draws lie below 43.8."""
    times, members, size = 3000, 20, 5
    counted = Counter(
        member
        for number in range(times)
        for member in drawn(dict.fromkeys(range(members), 1), size, number)
    )
    expected = times * size / members
    # Without replacement the counts vary less than multinomial ones: by this factor.
    factor = (members - 1) / (members - size)
    chi = factor * sum((counted[each] - expected) ** 2 / expected for each in range(members))
    assert 5 < chi < 43.8


def test_every_place_of_the_draw_is_equally_likely_for_everyone():
    firsts = Counter(drawn(dict.fromkeys(range(4), 1), 2, number)[0] for number in range(2000))
    assert all(430 < firsts[each] < 570 for each in range(4))


def test_a_weight_multiplies_the_chance_to_be_drawn_first():
    weights = {1: 1, 2: 3, 3: 6}
    firsts = Counter(drawn(weights, 1, number)[0] for number in range(4000))
    assert firsts[1] == pytest.approx(400, abs=80)
    assert firsts[2] == pytest.approx(1200, abs=120)
    assert firsts[3] == pytest.approx(2400, abs=150)


@pytest.mark.parametrize(
    ("weights", "size", "root"),
    [({}, 1, b"0" * 32), ({1: 0}, 1, b"0" * 32), ({1: 1}, 0, b"0" * 32), ({1: 1}, 1, b"0")],
)
def test_what_is_no_sample_is_refused(weights, size, root):
    with pytest.raises(ValueError, match=r"at least|32 bytes"):
        draw_members(weights=weights, size=size, root=root, announcement=b"0" * 32)


@pytest.fixture
def published(tmp_path):
    plan = {"method": "m", "sample": 1, "size": 2, "frame": [[4, 1], [9, 2], [11, 1]], "a": "é"}
    digest = digest_of_plan(plan)
    members = draw_members(
        weights={4: 1, 9: 2, 11: 1}, size=2, root=root_of(1), announcement=bytes.fromhex(digest[7:])
    )
    return {
        "plan": plan,
        "announcement": digest,
        "draw": {"root": root_of(1).hex(), "members": members},
    }


def run(tmp_path, document):
    """The program as a stranger runs it: a copy, by itself, isolated from us."""
    program, file = tmp_path / "lots.py", tmp_path / "sample.json"
    program.write_bytes(Path(lots.__file__).read_bytes())
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    command = [sys.executable, "-I", str(program), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    return done.returncode, done.stdout


def test_the_program_verifies_alone(tmp_path, published):
    assert run(tmp_path, published) == (0, "Verified: the same 2 members come out.\n")


def test_the_program_refutes_other_members(tmp_path, published):
    published["draw"]["members"].reverse()
    code, said = run(tmp_path, published)
    assert (code, said[:8]) == (1, "REFUTED:")


def test_the_program_refuses_a_plan_that_was_not_announced(tmp_path, published):
    published["plan"]["size"] = 3
    code, said = run(tmp_path, published)
    assert code == 2
    assert "not the one that was announced" in said


@pytest.mark.parametrize("document", ["{}", "no json", '{"plan": 1}'])
def test_the_program_says_when_a_file_cannot_be_used(tmp_path, document):
    code, said = run(tmp_path, document)
    assert code == 2
    assert said.startswith("This file cannot be used")
