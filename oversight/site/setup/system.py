"""Programs that come from the operating system: a browser for the journeys, npm for the assets."""

import os
import shutil
import subprocess
import sys
from typing import Final

from oversight.site.setup.places import SetupError

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_APT_SECONDS: Final = 900


def find_browser() -> str | None:
    """Return the path of Chromium, ``OVERSIGHT_CHROMIUM`` first; None where there is none."""
    names = (os.environ.get("OVERSIGHT_CHROMIUM", ""), *_BROWSERS)
    return next((found for name in names if name and (found := shutil.which(name))), None)


def ensure_browser() -> None:
    """Install Debian's Chromium where that is possible, else say that journeys will be skipped."""
    if find_browser():
        return
    try:
        apt_install("chromium", otherwise="No Chromium, and it cannot be installed from here")
    except SetupError as error:
        sys.stderr.write(f"{error}: the browser journeys will be skipped.\n")


def ensure_npm() -> None:
    """Install npm where it is missing and that is possible.

    Raises:
        SetupError: it is missing and cannot be installed.
    """
    if shutil.which("npm") is None:
        apt_install(
            "npm", otherwise="npm is missing; it fetches the design system. Install Node.js."
        )


def apt_install(package: str, *, otherwise: str) -> None:
    """Install one of Debian's packages.

    Raises:
        SetupError: we are not root, there is no apt-get, or it failed; with ``otherwise``.
    """
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SetupError(otherwise)
    sys.stderr.write(f"Installing {package} with apt-get ...\n")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    if _apt(install) or (not _apt(["apt-get", "update"]) and not _apt(install)):
        return
    raise SetupError(f"{otherwise} (apt-get install {package} failed)")


def _apt(command: list[str]) -> bool:
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        timeout=_APT_SECONDS,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    return done.returncode == 0
