"""Where things stand on this machine."""

import os
from pathlib import Path
from typing import Final

BASE_DIR: Final = Path(__file__).resolve().parents[2]

VAR_DIR: Final = Path(os.environ.get("OVERSIGHT_VAR", BASE_DIR / "var")).resolve()
"""All state of the embedded default; ignored by git. ``OVERSIGHT_VAR`` names another folder."""

ASSETS_DIR: Final = BASE_DIR / "var" / "assets"
LOCALE_DIR: Final = BASE_DIR / "var" / "locale"
MODELS_DIR: Final = BASE_DIR / "var" / "models"
CACHE_DIR: Final = BASE_DIR / "var" / "cache"
SECRETS_DIR: Final = Path(os.environ.get("OVERSIGHT_SECRETS", VAR_DIR / "secrets")).resolve()
"""One file a secret; ``OVERSIGHT_SECRETS`` names where a container finds those meant for it."""
