"""``python -m oversight.site.stack``: everything on this machine, until Ctrl-C."""

import argparse
import os
import signal
import sys
import time

from oversight.site.demo.seeding import ENVIRONMENT, sign_ins
from oversight.site.stack import Stack, StackError
from oversight.site.stack.console import Console


class _StopAskedError(Exception):
    """A signal asked us to end."""


def main() -> int:
    """Run until asked to stop; returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    parser = argparse.ArgumentParser(prog="oversight.site.stack", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="start these programs alone")
    parser.add_argument(
        "--demonstration", action="store_true", help="with made-up people and a gallery"
    )
    chosen = parser.parse_args()
    try:
        stack = Stack(
            port=_port(),
            programs=chosen.only,
            environment=ENVIRONMENT if chosen.demonstration else {},
            witness=chosen.demonstration and not chosen.only,
        )
        _serve(stack, chosen.demonstration)
    except _StopAskedError:
        sys.stderr.write("\nStopped; nothing is left running.\n")
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _serve(stack: Stack, demonstration: bool) -> None:
    console = Console(stack.state.logs, sys.stdout)
    with stack:
        signs_in = sign_ins(stack) if demonstration else ""
        sys.stdout.write(f"\nOversight is at {stack.base_url} (Ctrl-C stops it)\n{signs_in}\n")
        while True:
            console.show()
            for words in stack.mend():
                sys.stderr.write(f"{words}\nStarted again.\n")
            time.sleep(0.3)


def _port() -> int | None:
    given = os.environ.get("PORT", "")
    if given and not given.isdigit():
        raise StackError(f"PORT is {given!r}; it must be a number from 1 to 65535.")
    return int(given) if given else None


def _ask_to_stop(_number: int, _frame: object) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the way down is short; let it be taken whole
    raise _StopAskedError


if __name__ == "__main__":
    sys.exit(main())
