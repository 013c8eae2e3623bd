"""Cedar's own engine for Node.js: the tests compare every decision of ours with it."""

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from oversight.site.setup import system
from oversight.site.setup.places import CHECKOUT, VAR, SetupError
from oversight.site.setup.step import Step

_NAME: Final = "@cedar-policy/cedar-wasm"
_VERSION: Final = "4.12.0"
_SHA256: Final = "2a9a44262d6d06b1ed5893d56c3893d8e3a6c0397d62602d92492b066693a4d8"
_WANTED: Final = ("cedar_wasm.js", "cedar_wasm_bg.wasm", "package.json")
DESTINATION: Final = VAR / "node" / "cedar-wasm"


def install() -> None:
    """Pack the package with npm, check its digest, and lay out its build for Node.js.

    Raises:
        SetupError: npm is missing or failed, or the digest differs.
    """
    system.ensure_npm()
    DESTINATION.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DESTINATION.parent) as folder:
        archive = _pack(Path(folder))
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != _SHA256:
            raise SetupError(f"{archive.name}: expected sha256 {_SHA256}, found {found}.")
        fresh = Path(folder) / "fresh"
        _lay_out(archive, fresh)
        shutil.rmtree(DESTINATION, ignore_errors=True)
        fresh.rename(DESTINATION)


def _lay_out(archive: Path, destination: Path) -> None:
    destination.mkdir()
    with tarfile.open(archive) as tarball:
        for name in _WANTED:
            content = tarball.extractfile(f"package/nodejs/{name}")
            if content is None:
                raise SetupError(f"{archive.name} holds no {name}.")
            (destination / name).write_bytes(content.read())


def _pack(folder: Path) -> Path:
    command = ["npm", "pack", f"{_NAME}@{_VERSION}", "--ignore-scripts", "--silent"]
    done = subprocess.run(
        [*command, "--pack-destination", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=CHECKOUT,
    )
    archives = list(folder.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        raise SetupError(f"npm pack {_NAME}@{_VERSION} failed: {done.stderr.strip()[-800:]}")
    return archives[0]


STEP: Final = Step(
    name="cedar-wasm",
    purpose="Fetching Cedar for Node.js, for the tests",
    action=install,
    inputs=(Path(__file__),),
    outputs=(DESTINATION,),
)
