"""How the published record stands: for its public page, the board, and monitoring."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from oversight.interface.display import moment_text
from oversight.ledger.configuration import Configuration
from oversight.ledger.cosigning import PROBLEMS, REFUSED
from oversight.ledger.events import SELF_AUDIT
from oversight.ledger.registry import RecordError, kind_of
from oversight.ledger.verifier import (
    TILE,
    Checkpoint,
    Policy,
    Refuted,
    parse_bundle,
    tile_path,
)

_LATE_AFTER = 3  # cadences without a sign of the checkpointer
_SEARCHED = 400  # newest bundles in which the last self-audit is looked for: some 100,000 entries


@dataclass(frozen=True)
class WitnessStanding:
    """One witness: when it last cosigned the current checkpoint, or what is wrong."""

    name: str
    cosigned_at: datetime | None
    problem: str


@dataclass(frozen=True)
class Standing:
    """The record as published.

    Attributes:
        checkpoint: verified under the log's keys and the quorum, or None.
        checked_at: when the checkpointer last looked, or None before it ever did.
        witnesses: those that the configuration names.
        alarms: what is wrong, in sentences; empty when all is well.
    """

    checkpoint: Checkpoint | None
    checked_at: datetime | None
    witnesses: Sequence[WitnessStanding]
    alarms: Sequence[str]


@dataclass(frozen=True)
class PublishedEntry:
    """An entry as anyone can read it."""

    index: int
    sentence: Any
    public: dict[str, Any]
    text: str

    @property
    def day(self) -> date | None:
        """The day on which it happened, where the entry says so."""
        day = self.public.get("day")
        return date.fromisoformat(day) if day else None


def current_standing(now: float | None = None) -> Standing:
    """How the record stands at ``now``, seconds since 1970; never raises for what is published."""
    configuration = Configuration.from_settings()
    told = _told(configuration)
    alarms = [told["alarm"]] if told.get("alarm") else []
    checked = told.get("checked_at")
    if checked is None:
        return Standing(None, None, (), [_("No checkpoint has been published yet.")])
    silence = (time.time() if now is None else now) - checked
    if silence > _LATE_AFTER * configuration.cadence.total_seconds():
        last = moment_text(datetime.fromtimestamp(checked, UTC))
        alarms.append(
            _("The next checkpoint is late: the last one is of %(last)s.") % {"last": last}
        )
    checkpoint = None
    try:
        checkpoint = open_published(configuration)
    except (ValueError, OSError) as error:
        alarms.append(_("The published checkpoint does not verify: %(why)s") % {"why": error})
    witnesses = [_witness(one.name, told, checkpoint) for one in configuration.witnesses]
    return Standing(checkpoint, datetime.fromtimestamp(checked, UTC), witnesses, alarms)


def open_published(configuration: Configuration) -> Checkpoint:
    """The published checkpoint; Refuted or OSError where it does not verify or is not there."""
    policy: Policy = configuration.policy()
    return policy.open((configuration.published / "checkpoint").read_bytes())


def newest_entries(standing: Standing, count: int) -> list[PublishedEntry]:
    """The last published entries, newest first; none where a bundle is missing just now."""
    if standing.checkpoint is None:
        return []
    size = standing.checkpoint.size
    first = max(0, size - count)
    start = first // TILE
    try:
        bundles = [_bundle(number, size) for number in range(start, -(-size // TILE))]
    except Refuted:
        return []
    entries = [entry for bundle in bundles for entry in bundle]
    return [_read(index, entries[index - start * TILE]) for index in range(size - 1, first - 1, -1)]


def last_audit(standing: Standing) -> PublishedEntry | None:
    """The newest self-audit among the last published entries, or None where there is none."""
    size = standing.checkpoint.size if standing.checkpoint else 0
    name = f'"event":"{SELF_AUDIT.slug}"'.encode()
    newest = -(-size // TILE) - 1
    try:
        for number in range(newest, max(-1, newest - _SEARCHED), -1):
            entries = _bundle(number, size)
            for place in reversed(range(len(entries))):
                if name in entries[place]:
                    return _read(number * TILE + place, entries[place])
    except Refuted:
        pass
    return None


def published_entry(index: int, size: int) -> PublishedEntry:
    """Entry ``index`` of a published record of ``size`` entries, as its bundle holds it.

    Raises:
        Refuted: there is no such entry, or its bundle is missing.
    """
    if not 0 <= index < size:
        raise Refuted(f"entry {index} is not in a record of {size} entries")
    number, place = divmod(index, TILE)
    return _read(index, _bundle(number, size)[place])


def _bundle(number: int, size: int) -> list[bytes]:
    width = min(TILE, size - number * TILE)
    path = tile_path("entries", number, width)
    try:
        data = (Configuration.from_settings().published / path).read_bytes()
    except FileNotFoundError:
        raise Refuted(f"{path} is missing from the published record") from None
    return parse_bundle(data, path, width)


def _read(index: int, entry: bytes) -> PublishedEntry:
    leaf = json.loads(entry)
    try:
        sentence = kind_of(leaf["kind"]).sentence
    except RecordError:
        sentence = leaf["event"]
    return PublishedEntry(index, sentence, leaf["public"], entry.decode())


def _told(configuration: Configuration) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((configuration.published / "status.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return told


def _witness(name: str, told: dict[str, Any], checkpoint: Checkpoint | None) -> WitnessStanding:
    problems = {one["name"]: one["problem"] for one in told.get("witnesses", [])}
    stated = checkpoint.cosigned.get(name) if checkpoint else None
    moment = datetime.fromtimestamp(stated, UTC) if stated else None
    problem = problems.get(name, "")
    return WitnessStanding(
        name, moment, _(problem) if problem in PROBLEMS else _(problem and REFUSED)
    )
