"""A folder that readers see whole: made beside the old one, then put in its place by one rename."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from oversight.ledger.files import locked, sync_directory

_SUMS: Final = "SHA256SUMS"
_SHORT: Final = 16  # digits of the digest in the name of a finished folder


class FolderInUseError(RuntimeError):
    """What stands at the address is not a copy that may be replaced."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a new folder to fill; when that ends well, ``target`` leads to it.

    ``target`` is a symbolic link to the finished folder beside it, which is named by the digest of
    its content: the same content is the same folder, and nothing changes. The folder before the
    last stays, for those who are still reading it.

    Raises:
        FolderInUseError: something else stands at ``target``.
        HeldByAnotherError: another process is filling it.
    """
    if target.exists() and not target.is_symlink():
        raise FolderInUseError(
            f"{target} exists and is not a copy made by this command: name another, or remove it."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.with_name(f".{target.name}.lock")):
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            yield draft
            _switch(target, _finished(draft, target))
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def write(folder: Path, name: str, content: bytes) -> None:
    """Put a file into the folder; raises ValueError for a name that leads out of it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{name!r} leads out of the folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def files_in(folder: Path) -> list[Path]:
    """Every file, by name."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _finished(draft: Path, target: Path) -> Path:
    """Seal the draft with the digests of its files, under the name of its own digest."""
    sums = "".join(
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(draft).as_posix()}\n"
        for path in files_in(draft)
    )
    (draft / _SUMS).write_text(sums, encoding="utf-8")
    digest = sha256(sums.encode()).hexdigest()[:_SHORT]
    finished = target.with_name(f"{target.name}.{digest}")
    if not finished.exists():
        draft.chmod(0o755)
        draft.rename(finished)
        sync_directory(target.parent)
    return finished


def _switch(target: Path, finished: Path) -> None:
    before = target.resolve() if target.is_symlink() else None
    if before == finished.resolve():
        return
    link = target.with_name(f".{target.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(finished.name)
    link.rename(target)
    sync_directory(target.parent)
    ours = re.compile(rf"{re.escape(target.name)}\.[0-9a-f]{{{_SHORT}}}")
    for old in target.parent.iterdir():
        if ours.fullmatch(old.name) and old not in (finished, before):
            shutil.rmtree(old, ignore_errors=True)
