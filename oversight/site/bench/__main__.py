"""``make bench``: one JSON document on standard output, progress on standard error."""

import json
import os
import sys
from typing import Any

from oversight.site.setup.places import VAR

# A state folder of its own; said before anything reads where state lies.
os.environ["OVERSIGHT_VAR"] = os.environ.get("OVERSIGHT_BENCH_VAR", str(VAR / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.site.settings")
os.environ["OVERSIGHT_ROLE"] = "owner"


def main() -> int:
    """Measure everything; returns 0."""
    import django  # noqa: PLC0415  (after the state folder is named)

    from oversight.site.bench.programs import UNLIMITED, Programs  # noqa: PLC0415  (as above)
    from oversight.site.demo.seeding import ENVIRONMENT, seed  # noqa: PLC0415  (as above)
    from oversight.site.stack import Stack  # noqa: PLC0415  (as above)

    _tell("starting a stack in var/bench")
    with Stack(environment={**ENVIRONMENT, **UNLIMITED}) as stack:
        django.setup()
        seeded = seed(stack.manage, stack.state.folder / "demonstration")
        from oversight.site.bench import (  # noqa: PLC0415  (need Django)
            measures,
            publications,
            record,
            through_pages,
        )

        pages = through_pages.Visitors(stack, seeded)
        document: dict[str, dict[str, Any]] = {}
        for measure in (
            pages.request_to_candidates,
            pages.preview,
            pages.public_pages,
            Programs(stack).read_publications,
            measures.search,
            measures.embedding,
            measures.enrolment,
            measures.gate,
            measures.replay_history,
            record.appending,
            publications.yearly_report,
            record.importing_history,
            record.proving,
            record.verifying,
        ):
            _tell(measure.__name__.replace("_", " "))
            for part, figures in measure().items():
                document.setdefault(part, {}).update(figures)
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    return 0


def _tell(what: str) -> None:
    sys.stderr.write(f"bench: {what}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
