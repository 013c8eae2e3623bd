"""``python -m oversight.policy.seal``: seal the packs after a change that has been reviewed.

Every rule is validated and put to its cases first; only then are the digests written. It runs
without Django, because the application does not start on packs whose seal is broken.
"""

import sys

from oversight.policy.engine.loader import MANIFEST, manifest_text, read_library
from oversight.policy.engine.packs import PackError
from oversight.policy.engine.policyset import Policy
from oversight.policy.engine.selftest import check_policy
from oversight.policy.gate import PACKS


def main() -> int:
    """Validate and seal; exit 0, or 1 with the place and the remedy."""
    try:
        check_policy(Policy(read_library(PACKS, sealed=False)))
    except PackError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    (PACKS / MANIFEST).write_text(manifest_text(PACKS), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
