"""What somebody reads who tries the decisions door before there is anything to ask about."""

import os
import subprocess
from pathlib import Path

import pytest

from tools import places

pytestmark = [pytest.mark.slow, pytest.mark.one_database]


def asked(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NAMENS_VAR": str(folder), "NAMENS_DATABASE_URL": f"sqlite:///{folder / 'empty'}"}
    command = [str(places.PYTHON), "-m", "tools.question", *words]
    return subprocess.run(
        command, cwd=places.ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_it_says_to_start_a_practice_first(tmp_path: Path) -> None:
    said = asked(tmp_path)
    assert said.returncode == 1
    assert "There is no practice here yet. Type: make run" in said.stderr
    assert "Traceback" not in said.stderr


def test_it_says_so_when_nobody_gives_a_token(tmp_path: Path) -> None:
    (tmp_path / "practice").mkdir()
    said = asked(tmp_path, "token")
    assert said.returncode == 1
    assert "Namens gave no token" in said.stderr
    assert "Traceback" not in said.stderr
