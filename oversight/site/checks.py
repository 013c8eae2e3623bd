"""``make check``: every static check, each named, all of them run even when one fails."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from oversight.site.paths import BASE_DIR

_PYTHON: Final = sys.executable
_AT_ONCE: Final = 2


@dataclass(frozen=True)
class Check:
    """A command that ends with 0 when all is well."""

    name: str
    arguments: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How a check ended."""

    check: Check
    code: int
    said: str
    seconds: float


CHECKS: Final = (
    Check("types", ("-m", "mypy")),
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("lint", ("-m", "ruff", "check", ".")),
    Check(
        "import contracts", ("-c", "from importlinter.cli import lint_imports_command as l; l()")
    ),
    Check("migrations are complete", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Check(
        "deployment",
        ("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        (("OVERSIGHT_TLS", "1"),),  # as in service, behind the city's proxy
    ),
    Check("templates", ("-m", "djlint", "templates", "--lint", "--quiet")),
    Check("messages", ("-m", "oversight.site.catalogue", "check")),
    Check("spelling", ("-m", "codespell_lib", ".")),
    Check(
        "rooms, migrations, licences", ("-m", "pytest", "tests/architecture", "-q", "--tb=short")
    ),
)


def main() -> int:
    """Run all checks; returns 0 if every one passed, else 1."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        outcomes = pool.map(_run, CHECKS)
        failed = [outcome for outcome in outcomes if not _report(outcome)]
    return 1 if failed else 0


def _run(check: Check) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(
        [_PYTHON, *check.arguments],
        cwd=BASE_DIR,
        env={**os.environ, **dict(check.environment)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check, done.returncode, done.stdout, time.monotonic() - began)


def _report(outcome: Outcome) -> bool:
    passed = outcome.code == 0
    word = "passed" if passed else "FAILED"
    sys.stdout.write(f"{outcome.check.name:<28} {word:>6} {outcome.seconds:6.1f} s\n")
    if not passed:
        sys.stdout.write(f"{outcome.said.rstrip()}\n\n")
    sys.stdout.flush()
    return passed


if __name__ == "__main__":
    sys.exit(main())
