"""The public copies that were read: what a mark such as ``S:5`` stands for.

A pack names its sources by marks, so that a decision does not change when an address does. What
the marks stand for is in ``copies.toml``, for readers who want to look for themselves.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from oversight.policy.engine.packs import Instrument

FILE = Path(__file__).with_name("copies.toml")


@cache
def copies() -> Mapping[str, str]:
    """Host and document of every copy by its mark."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def marks_of(instrument: Instrument) -> tuple[str, ...]:
    """The marks of an instrument and of its rules, each once."""
    rules = (mark for rule in instrument.rules for mark in rule.sources)
    return tuple(dict.fromkeys((*instrument.sources, *rules)))


def copy_named(mark: str) -> str:
    """The mark with what it stands for; a mark that is a name already stands for itself."""
    known = copies().get(mark)
    return f"{mark} · {known}" if known else mark
