"""``python3 -m oversight.site.setup [--for-tests]``: everything a fresh checkout needs, in order."""

import argparse
import fcntl
import subprocess
import sys
from collections.abc import Callable
from typing import Final

from oversight.site.setup import data_schema, environment, node_package, system
from oversight.site.setup.places import CHECKOUT, PYTHON, VAR, SetupError
from oversight.site.setup.step import Step

_ENGINES: Final = CHECKOUT / "recognition" / "engines"
_TRANSLATIONS: Final = (
    CHECKOUT / "oversight" / "site" / "locale",
    CHECKOUT / "oversight" / "policy" / "packs" / "es",
)
_ASSETS: Final = CHECKOUT / "oversight" / "interface" / "assets.py"


def _ours(*arguments: str, before: Callable[[], None] | None = None) -> Callable[[], None]:
    """Return an action that runs one of our own commands in the environment."""

    def action() -> None:
        if before is not None:
            before()
        done = subprocess.run(
            [str(PYTHON), *arguments],
            check=False,
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise SetupError(f"{' '.join(arguments)} failed:\n{done.stdout.strip()[-2000:]}")

    return action


STEPS: Final = (
    environment.STEP,
    Step(
        name="assets",
        purpose="Fetching the design system",
        action=_ours("-m", "oversight.interface.assets", before=system.ensure_npm),
        inputs=(_ASSETS,),
        outputs=(VAR / "assets" / "uswds",),
    ),
    Step(
        name="translations",
        purpose="Compiling translations",
        action=_ours("-m", "oversight.site.catalogue", "compile"),
        inputs=(*_TRANSLATIONS, CHECKOUT / "oversight" / "site" / "catalogue"),
        outputs=(VAR / "locale" / "es" / "LC_MESSAGES" / "django.mo",),
    ),
    Step(
        name="models",
        purpose="Building the face model pack",
        action=_ours("-m", "recognition.engines.build"),
        inputs=(_ENGINES,),
        outputs=(VAR / "models" / "embedded",),
    ),
    Step(
        name="static",
        purpose="Collecting static files",
        action=_ours("manage.py", "collectstatic", "--no-input", "--clear", "--verbosity=0"),
        inputs=(CHECKOUT / "static", VAR / "assets", environment.STEP.inputs[1]),
        outputs=(VAR / "static" / "staticfiles.json",),
    ),
)


def main() -> int:
    """Do what is missing; returns 0, or 1 with the remedy on standard error."""
    parser = argparse.ArgumentParser(prog="setup", description=__doc__)
    parser.add_argument("--for-tests", action="store_true", help="also what only the tests need")
    chosen = parser.parse_args()
    (VAR / "setup").mkdir(parents=True, exist_ok=True)
    with (VAR / "setup" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two makes at once: the second finds all done
        try:
            _ensure(for_tests=chosen.for_tests)
        except SetupError as error:
            sys.stderr.write(f"\nSet-up stopped. {error}\n")
            return 1
    return 0


def _ensure(*, for_tests: bool) -> None:
    for step in STEPS:
        step.ensure()
    if for_tests:
        node_package.STEP.ensure()
        data_schema.STEP.ensure()
        system.ensure_browser()


if __name__ == "__main__":
    sys.exit(main())
