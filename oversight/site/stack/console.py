"""What the programs log, on one screen: each line behind the name of its program."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


class Console:
    """Copies what is new in the logs to a stream."""

    def __init__(self, logs: Path, stream: TextIO) -> None:
        self._logs = logs
        self._stream = stream
        self._seen: dict[Path, int] = {}

    def show(self) -> None:
        """Write every line that was completed since the last call."""
        for path in sorted(self._logs.glob("*.log")):
            for line in self._fresh(path):
                self._stream.write(f"{path.stem:>12} | {line}\n")
        self._stream.flush()

    def _fresh(self, path: Path) -> Iterator[str]:
        with path.open("rb") as log:
            log.seek(self._seen.get(path, 0))
            whole, newline, _rest = log.read().rpartition(b"\n")
        if newline:
            self._seen[path] = self._seen.get(path, 0) + len(whole) + 1
            yield from whole.decode(errors="replace").splitlines()
