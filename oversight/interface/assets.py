"""Fetch the design system at set-up: `python -m oversight.interface.assets`.

The pages use the css, fonts, images and script of the U.S. Web Design System (USWDS, public
domain and permissive licences; its LICENSE.md is kept beside the files). None of it is committed:
the package is packed once by `npm`, checked against the digest below, and only what the pages use
is laid out under `var/assets/uswds/`, in the package's own shape, so that the css finds its files.
"""

import argparse
import hashlib
import json
import posixpath
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BASE_DIR: Final = Path(__file__).resolve().parents[2]
DEFAULT_DESTINATION: Final = BASE_DIR / "var" / "assets" / "uswds"
DEFAULT_CACHE: Final = BASE_DIR / "var" / "cache"
RECEIPT: Final = ".receipt.json"
PACK_TIMEOUT_S: Final = 300

_URL_IN_CSS: Final = re.compile(rb"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
# Their source maps are not laid out, and a manifest storage refuses a map that is not there.
_SOURCE_MAP: Final = re.compile(rb"\n?(?:/\*|//)# sourceMappingURL=[^\n]*")


class AssetError(RuntimeError):
    """The design system could not be laid out; the message says what to do about it."""


@dataclass(frozen=True)
class Package:
    """An npm package, pinned by version and by the SHA-256 of its tarball (hexadecimal)."""

    name: str
    version: str
    sha256: str
    wanted: tuple[str, ...]
    """Files to take besides those that the css among them refers to."""

    @property
    def tarball(self) -> str:
        """The name `npm pack` gives the file."""
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


USWDS: Final = Package(
    name="@uswds/uswds",
    version="3.14.0",
    sha256="da91c65e6fc736fa397f0daf6ca2c2c95711506d85c7ad2537a4570725401e1c",
    wanted=(
        "package/LICENSE.md",
        "package/dist/css/uswds.min.css",
        "package/dist/js/uswds-init.min.js",
        "package/dist/js/uswds.min.js",
        "package/dist/img/sprite.svg",
    ),
)

Packer = Callable[[Package, Path], None]
"""Puts the tarball of a package into a folder."""


def npm_pack(package: Package, folder: Path) -> None:
    """Ask npm, with whatever registry it is configured for, to pack `package` into `folder`."""
    npm = shutil.which("npm")
    if npm is None:
        raise AssetError(
            f"npm was not found, and {package.name} {package.version} is not in the cache. "
            f"Install npm, or put the file {package.tarball} into the cache folder by hand."
        )
    command = [npm, "pack", f"{package.name}@{package.version}", "--ignore-scripts", "--silent"]
    command += ["--pack-destination", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603  (a fixed command, no shell, no outside input)
            command, capture_output=True, text=True, timeout=PACK_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise AssetError(
            f"npm pack {package.name} took over {PACK_TIMEOUT_S} s. Check the network and try again."
        ) from error
    if done.returncode != 0:
        raise AssetError(f"npm pack {package.name}@{package.version} failed: {done.stderr.strip()}")


def fetch(package: Package, cache: Path, packer: Packer = npm_pack) -> Path:
    """The checked tarball in `cache`, packed first when it is not there or not right.

    Raises AssetError when npm is missing or fails, or when the digest differs.
    """
    kept = cache / package.tarball
    if kept.is_file() and _digest(kept) == package.sha256:
        return kept
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        packer(package, Path(folder))
        packed = Path(folder) / package.tarball
        if not packed.is_file():
            raise AssetError(f"npm reported success but left no {package.tarball}.")
        if (found := _digest(packed)) != package.sha256:
            raise AssetError(
                f"{package.tarball} is not the file this release was built with: expected sha256 "
                f"{package.sha256}, found {found}. Nothing was installed."
            )
        packed.replace(kept)
    return kept


def install(
    destination: Path = DEFAULT_DESTINATION,
    cache: Path = DEFAULT_CACHE,
    package: Package = USWDS,
    packer: Packer = npm_pack,
) -> bool:
    """Lay out `package` at `destination`; True if anything was written.

    Quick when nothing changed (a receipt lists each file with its size). The new tree replaces the
    old one by a rename, so that a page never meets half of it. Raises AssetError.
    """
    if _is_current(destination, package):
        return False
    files = _select(fetch(package, cache, packer), package)
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".uswds-") as folder:
        fresh = Path(folder) / "new"
        _write(fresh, files, package)
        if destination.exists():
            destination.rename(Path(folder) / "old")
        fresh.rename(destination)
    return True


def _select(tarball: Path, package: Package) -> dict[str, bytes]:
    """Path below the destination -> content, for the wanted files and what their css refers to."""
    with tarfile.open(tarball) as archive:
        taken = {name: _read(archive, name) for name in package.wanted}
        for name in [name for name in taken if name.endswith(".css")]:
            for target in _referred(taken[name], name):
                taken[target] = _read(archive, target)
    return {_place(name): _tidy(name, content) for name, content in taken.items()}


def _referred(css: bytes, name: str) -> set[str]:
    """Names in the archive that a stylesheet refers to, resolved against its own place."""
    found = (match.decode().partition("#")[0] for match in _URL_IN_CSS.findall(css))
    folder = posixpath.dirname(name)
    targets = {
        posixpath.normpath(posixpath.join(folder, url))
        for url in found
        if url and not url.startswith("data:")
    }
    if outside := [target for target in targets if not target.startswith("package/")]:
        raise AssetError(f"{name} refers to {outside[0]}, outside its own package.")
    return targets


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    """Content of one regular file, by its exact name; nothing is ever unpacked by its own path."""
    try:
        content = archive.extractfile(name)
    except KeyError:
        content = None
    if content is None:
        raise AssetError(f"The package holds no file {name}. Is the pinned version right?")
    return content.read()


def _place(name: str) -> str:
    return name.removeprefix("package/").removeprefix("dist/")


def _tidy(name: str, content: bytes) -> bytes:
    return _SOURCE_MAP.sub(b"", content) if name.endswith((".css", ".js")) else content


def _write(folder: Path, files: dict[str, bytes], package: Package) -> None:
    for place, content in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    receipt = {"sha256": package.sha256, "files": {name: len(files[name]) for name in files}}
    (folder / RECEIPT).write_text(json.dumps(receipt, indent=1), encoding="utf-8")


def _is_current(destination: Path, package: Package) -> bool:
    try:
        receipt = json.loads((destination / RECEIPT).read_text(encoding="utf-8"))
        return receipt["sha256"] == package.sha256 and all(
            (destination / name).stat().st_size == size for name, size in receipt["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # No receipt, an unreadable one or a missing file: lay everything out again.
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the assets are in place, 1 with a message on stderr otherwise."""
    parser = argparse.ArgumentParser(description="Fetch the design system that the pages use.")
    parser.add_argument("--to", type=Path, default=DEFAULT_DESTINATION, metavar="DIR")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, metavar="DIR")
    options = parser.parse_args(arguments)
    try:
        changed = install(options.to, options.cache)
    except AssetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    state = "laid out" if changed else "already in place"
    sys.stdout.write(f"USWDS {USWDS.version} {state}: {options.to}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
