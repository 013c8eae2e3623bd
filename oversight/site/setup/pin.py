"""Pin the requirements again: ``make pin`` after an edit of ``requirements/*.in``."""

import subprocess
import sys
from typing import Final

from oversight.site.setup.pip_settings import uv_environment
from oversight.site.setup.places import CHECKOUT, PYTHON, REQUIREMENTS

_OPTIONS: Final = (
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--override", "requirements/overrides.txt"),
    *("--no-header", "--no-emit-find-links", "--quiet"),
)


def main(*options: str) -> int:
    """Compile each list to exact versions with digests; ``options`` go to uv (``--upgrade``)."""
    for name in ("runtime", "development", "bootstrap"):
        files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
        command = [str(PYTHON), "-m", "uv", "pip", "compile", *files, *_OPTIONS, *options]
        environment = uv_environment(PYTHON)
        done = subprocess.run(command, cwd=CHECKOUT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    subprocess.run([str(PYTHON), "-m", "oversight.site.setup.licences"], cwd=CHECKOUT, check=True)
    sys.stdout.write(f"Pinned: see `git diff {REQUIREMENTS.relative_to(CHECKOUT)}`.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
