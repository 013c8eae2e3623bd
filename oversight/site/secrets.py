"""Secrets of the embedded default: made once, at random, readable by their owner alone.

On real servers each comes from the environment, and this file is never asked.
"""

import os
import secrets
from pathlib import Path

from oversight.site.paths import SECRETS_DIR


class SecretMissingError(RuntimeError):
    """A secret was not given, and cannot be made here."""


def secret(name: str, *, folder: Path | None = None) -> str:
    """Return the secret ``name``: from ``OVERSIGHT_SECRET_<NAME>``, else from its file.

    The file is made with 384 random bits when it is not there yet. Two processes that
    ask at once get the same answer: the file is linked into place, and the first wins.

    Raises:
        SecretMissingError: there is none, and its folder is not ours to write to.
    """
    variable = f"OVERSIGHT_SECRET_{name.upper().replace('-', '_')}"
    if given := os.environ.get(variable):
        return given
    path = (folder or SECRETS_DIR) / name
    try:
        if not path.exists():
            _write_once(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SecretMissingError(
            f"There is no secret {name!r}: give it in the file {path} or the variable {variable}."
        ) from error


def _write_once(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
