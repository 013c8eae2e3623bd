"""Loaded before settings (see ``addopts``): gives this run a state folder of its own.

PostgreSQL and the broker of the run are the embedded ones, started by the first test that
asks for them and stopped with the last process that uses them.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_OURS = "OVERSIGHT_TEST_VAR"

if _OURS not in os.environ:
    os.environ[_OURS] = tempfile.mkdtemp(prefix="oversight-tests-")
    _made_here = True
else:
    _made_here = False

os.environ["OVERSIGHT_VAR"] = os.environ[_OURS]
os.environ["OVERSIGHT_ROLE"] = "owner"
os.environ["OVERSIGHT_EMBEDDED_DURABLE"] = "0"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.site.settings")

# Only now: paths are read from the environment when they are imported.
from oversight.site.catalogue.files import compile_all  # noqa: E402  (as said above)

compile_all()  # quick when nothing changed; pages in Spanish would else be those of the last set-up


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Take the state folder away; the supervisor ends by itself when we do."""
    if _made_here:
        shutil.rmtree(Path(os.environ[_OURS]), ignore_errors=True)
