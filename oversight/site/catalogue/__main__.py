"""``python -m oversight.site.catalogue compile|check|update``; see the package."""

import argparse
import sys

from oversight.site.catalogue.check import problems
from oversight.site.catalogue.extract import UnreadableError
from oversight.site.catalogue.files import compile_all
from oversight.site.catalogue.update import update_all


def main() -> int:
    """Do one of the three; exit 0, or 1 with every problem and its place."""
    parser = argparse.ArgumentParser(prog="catalogue", description=__doc__)
    parser.add_argument("what", choices=("compile", "check", "update"))
    try:
        return {"compile": _compile, "check": _check, "update": _update}[parser.parse_args().what]()
    except (UnreadableError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _compile() -> int:
    changed = compile_all()
    sys.stdout.write(f"Translations {'compiled' if changed else 'already compiled'}.\n")
    return 0


def _check() -> int:
    found = problems()
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    if found:
        sys.stdout.write(
            f"{len(found)} problems. `python -m oversight.site.catalogue update` adds what is new; "
            "then write the Spanish.\n"
        )
    return 1 if found else 0


def _update() -> int:
    sys.stdout.write(f"{update_all()} texts wait for their translation.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
