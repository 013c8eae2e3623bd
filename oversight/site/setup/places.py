"""Where set-up finds and puts things, and how it fails."""

from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parents[3]
VAR: Final = CHECKOUT / "var"
VENV: Final = CHECKOUT / ".venv"
PYTHON: Final = VENV / "bin" / "python"
REQUIREMENTS: Final = CHECKOUT / "requirements"


class SetupError(RuntimeError):
    """Set-up cannot go on; the text says what to do."""
