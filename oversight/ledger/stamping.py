"""A timestamp of the day's checkpoint by an authority outside (RFC 3161): what courts know.

Each day one checkpoint is kept under ``timestamps/`` in the published record, beside the answer of
the authority with its token as it came. ``openssl ts -verify -data DAY.checkpoint -in DAY.tsr -CAfile
ROOTS`` checks it without us. Off unless an address is set; the authority learns a digest only.
"""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import structlog
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from oversight.ledger.configuration import Configuration
from oversight.ledger.files import write_durably
from oversight.ledger.tree import TileTree
from oversight.ledger.verifier import Checkpoint, Refuted, Unusable, parse_note

FOLDER: Final = "timestamps"
PATIENCE: Final = 10.0  # seconds for the authority's answer; nothing waits for it
AGAIN_AFTER: Final = 600.0  # seconds between attempts
_LIMIT: Final = 100_000  # bytes of an answer

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Stamp:
    """One day's checkpoint and when the authority says that it existed."""

    day: date
    at: datetime


def stamp_checkpoint(configuration: Configuration, day: date) -> Stamp:
    """Have the published checkpoint stamped as that of ``day``, and keep both files.

    Raises:
        Unusable: no authority or no root certificate is configured, or its answer is no answer.
        Refuted: the answer does not verify under the root certificates; nothing is kept.
        OSError: the authority cannot be reached, or nothing is published.
    """
    roots = read_roots(configuration)
    note = (configuration.published / "checkpoint").read_bytes()
    request = TimestampRequestBuilder().data(note).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _post(configuration.timestamps, request.as_bytes())
    response = _decode(answer)
    stamp = Stamp(day, _check(response, note, roots, request.nonce))
    folder = configuration.published / FOLDER
    write_durably(folder / f"{day}.checkpoint", note)
    write_durably(folder / f"{day}.tsr", answer)
    return stamp


def check_stamp(note: bytes, answer: bytes, roots: Sequence[Certificate]) -> datetime:
    """When the authority saw this checkpoint; Refuted where its answer does not say so."""
    return _check(_decode(answer), note, roots, None)


def check_stamps(configuration: Configuration) -> list[Stamp]:
    """Every stamp of the published record, oldest first, each verified; none where it is off.

    Raises:
        Refuted: one does not verify, or the published record does not continue its checkpoint. Who
            signed and cosigned that is not asked: keys and witnesses may have changed since.
    """
    if not configuration.timestamps:
        return []
    roots, stamps = read_roots(configuration), []
    now = configuration.policy().open((configuration.published / "checkpoint").read_bytes())
    tree = TileTree(lambda path: (configuration.published / path).read_bytes(), now.size)
    for path in stamp_files(configuration.published):
        if path.suffix == ".tsr":
            note = path.with_suffix(".checkpoint").read_bytes()
            stamped = Checkpoint.parse(parse_note(note)[0])
            if stamped.origin != now.origin or tree.root_at(stamped.size) != stamped.root:
                raise Refuted(f"the record is not the one that was timestamped on {path.stem}")
            at = check_stamp(note, path.read_bytes(), roots)
            stamps.append(Stamp(date.fromisoformat(path.stem), at))
    return stamps


def stamp_files(published: Path) -> list[Path]:
    """The files of all complete stamps, by day."""
    answers = sorted((published / FOLDER).glob("????-??-??.tsr"))
    return [path for answer in answers for path in (answer.with_suffix(".checkpoint"), answer)]


def read_roots(configuration: Configuration) -> list[Certificate]:
    """The certificates of those who vouch for the authority; Unusable where there are none."""
    if not configuration.timestamps or configuration.roots is None:
        raise Unusable(
            "name the authority in LEDGER_TSA and its root certificates in LEDGER_TSA_ROOTS"
        )
    return load_pem_x509_certificates(configuration.roots.read_bytes())


class DailyStamp:
    """Sees to it that each day (UTC) has its stamp, in a thread: no search waits for it."""

    def __init__(
        self, configuration: Configuration, clock: Callable[[], float] = time.time
    ) -> None:
        """``clock`` gives seconds since 1970."""
        self._configuration = configuration
        self._clock = clock
        self._tried = 0.0
        self._thread: threading.Thread | None = None

    def see_to_it(self) -> threading.Thread | None:
        """Start an attempt if one is due; gives its thread."""
        now = self._clock()
        day = datetime.fromtimestamp(now, UTC).date()
        done = (self._configuration.published / FOLDER / f"{day}.tsr").exists()
        busy = self._thread is not None and self._thread.is_alive()
        if not self._configuration.timestamps or done or busy or now < self._tried + AGAIN_AFTER:
            return None
        self._tried = now
        self._thread = threading.Thread(target=self._attempt, args=(day,), daemon=True)
        self._thread.start()
        return self._thread

    def _attempt(self, day: date) -> None:
        try:
            stamp = stamp_checkpoint(self._configuration, day)
        except (ValueError, OSError, http.client.HTTPException) as error:
            log.warning(
                "ledger.not_stamped", day=str(day), problem=f"{type(error).__name__}: {error}"
            )
        else:
            log.info("ledger.stamped", day=str(day), at=stamp.at.isoformat())


def _check(
    response: TimeStampResponse, note: bytes, roots: Sequence[Certificate], nonce: int | None
) -> datetime:
    verifier = VerifierBuilder(roots=list(roots), nonce=nonce).build()
    try:
        verifier.verify_message(response, note)
    except VerificationError as error:
        raise Refuted(f"the timestamp does not verify: {error}") from error
    return response.tst_info.gen_time


def _decode(answer: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(answer)
    except ValueError as error:
        raise Unusable("the authority's answer is no RFC 3161 timestamp") from error


def _post(address: str, query: bytes) -> bytes:
    place = urlsplit(address)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=PATIENCE)
    try:
        headers = {"Content-Type": "application/timestamp-query"}
        connection.request("POST", place.path or "/", query, headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise Unusable(f"the authority refused ({answer.status})")
        return answer.read(_LIMIT)
    finally:
        connection.close()
