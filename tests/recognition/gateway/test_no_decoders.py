"""Whoever only asks the machine loads no image decoder: uploads are opened in the worker alone."""

import json
import os
import subprocess
import sys

from oversight.site.paths import BASE_DIR

DECODERS = {"PIL", "pillow_heif", "cv2", "skimage", "recognition.probes"}


def loaded_after(code: str) -> set[str]:
    listing = "import json, sys; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}; {listing}"],
        cwd=BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "oversight.site.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_every_page_is_served_without_a_decoder():
    assert loaded_after("import oversight.site.urls") & DECODERS == set()


def test_the_worker_has_them():
    assert loaded_after("import recognition.inspecting") >= {"PIL", "recognition.probes"}
