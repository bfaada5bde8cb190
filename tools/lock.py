"""Remake `requirements.lock` from `pyproject.toml`: `python -m tools.lock`. For Python 3.11 and newer, with hashes."""

import os

from tools import commands, places
from tools.say import Trouble, fail, step

UV = "uv==0.13.9"


def main() -> None:
    """Remake the lock; add `uv` to `.venv` first when it is not there."""
    uv = places.VENV / "bin" / "uv"
    environment = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    words = ["pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--all-extras"]
    try:
        if not uv.exists():
            with step(f"installing {UV}"):
                commands.run([places.PYTHON, "-m", "pip", "install", UV], log="setup")
        with step("remaking requirements.lock"):
            files = ["pyproject.toml", "--output-file", "requirements.lock"]
            commands.run([uv, *words, *files], log="lock", environment=environment)
    except Trouble as trouble:
        fail(trouble)


if __name__ == "__main__":
    main()
