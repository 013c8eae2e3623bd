"""Where the record is published, who signs it, and who watches; from settings, with defaults."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from django.conf import settings

from oversight.ledger.verifier import COSIGNER_KEY, Key, Policy, Unusable

GROUP = "witnesses"
"""What the published policy calls all witnesses together."""
RESERVED = frozenset({"none", GROUP})


@dataclass(frozen=True)
class WitnessAddress:
    """A witness that the checkpointer asks: its short name, public key and base URL."""

    name: str
    key: Key
    url: str

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read ``NAME VKEY URL``; Unusable where it is malformed."""
        match line.split():
            case [name, vkey, url] if url.startswith(("http://", "https://")):
                return cls(name, Key.parse(vkey, COSIGNER_KEY), url.rstrip("/"))
        raise Unusable(f"a witness is NAME VKEY URL, not {line!r}")


@dataclass(frozen=True)
class Configuration:
    """Settings of the record.

    Attributes:
        origin: name of the log and of its key, an address without scheme; test and production
            have different ones (``LEDGER_ORIGIN``).
        published: directory that ``/ledger/`` serves (``LEDGER_PUBLISHED``).
        state: directory of the signing key and of what was signed; the checkpointer's alone
            (``LEDGER_STATE``).
        cadence: time between checkpoints (``LEDGER_CADENCE``).
        witnesses: who is asked to cosign (``LEDGER_WITNESSES``: lines of ``NAME VKEY URL``).
        quorum: how many of them readers should demand (``LEDGER_QUORUM``).
        timestamps: address of the authority that stamps the day's checkpoint; empty is off
            (``LEDGER_TSA``).
        roots: PEM file of the certificates that vouch for it (``LEDGER_TSA_ROOTS``).
    """

    origin: str
    published: Path
    state: Path
    cadence: timedelta
    witnesses: tuple[WitnessAddress, ...]
    quorum: int
    timestamps: str = ""
    roots: Path | None = None

    @classmethod
    def from_settings(cls) -> Self:
        """The configuration in force; Unusable where a setting is malformed."""
        witnesses = tuple(WitnessAddress.parse(line) for line in settings.LEDGER_WITNESSES)
        if len({one.key.public for one in witnesses}) < len(witnesses):
            raise Unusable("LEDGER_WITNESSES: two witnesses have one key, and would count twice")
        names = [one.name for one in witnesses]
        if len({*names, *RESERVED}) < len(names) + len(RESERVED):
            raise Unusable(
                "LEDGER_WITNESSES: give each witness a name of its own, not a reserved one"
            )
        if not 0 <= settings.LEDGER_QUORUM <= len(witnesses):
            raise Unusable(f"LEDGER_QUORUM must be between 0 and {len(witnesses)}")
        return cls(
            origin=settings.LEDGER_ORIGIN,
            published=Path(settings.LEDGER_PUBLISHED),
            state=Path(settings.LEDGER_STATE),
            cadence=settings.LEDGER_CADENCE,
            witnesses=witnesses,
            quorum=settings.LEDGER_QUORUM,
            timestamps=settings.LEDGER_TSA,
            roots=Path(settings.LEDGER_TSA_ROOTS) if settings.LEDGER_TSA_ROOTS else None,
        )

    def policy(self) -> Policy:
        """The published policy; FileNotFoundError before the first checkpoint."""
        return Policy.parse((self.published / "policy.txt").read_text())
