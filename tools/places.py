"""Where things lie. `NAMENS_VAR` moves everything that is made while running."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
CLIENT = ROOT / "clients" / "python"
PORTAL = ROOT / "examples" / "mijn_toeslagen"
PORTAL_PYTHON = PORTAL / ".venv" / "bin" / "python"


def var() -> Path:
    """The folder for data, logs and keys; never in git. A relative `NAMENS_VAR` is taken from the project's folder."""
    return ROOT / os.environ.get("NAMENS_VAR", "var")


def logs() -> Path:
    """The folder for log files."""
    return var() / "log"
