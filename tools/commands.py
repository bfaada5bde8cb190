"""Run a command and keep what it says in a log file."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools import places
from tools.say import Trouble

SHOWN_LINES = 25


def run(
    command: Sequence[str | Path],
    *,
    log: str,
    folder: Path = places.ROOT,
    environment: Mapping[str, str] | None = None,
    advice: str = "",
) -> None:
    """Run a command to its end; its output is added to `<var>/log/<log>.log`.

    Raises `Trouble` with the last lines of the output, and the advice, when it does not end well.
    """
    words = [str(word) for word in command]
    path = log_path(log)
    with path.open("ab") as file:
        began = file.seek(0, os.SEEK_END)
        file.write(f"$ {shlex.join(words)}\n".encode())
        file.flush()
        status = _status(words, file=file.fileno(), folder=folder, environment=environment)
    if status:
        said = path.read_bytes()[began:].decode(errors="replace")
        raise Trouble("\n".join(filter(None, [f"This did not work ({status}):", _shown(said, path), advice])))


def output(command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> str:
    """Run a command and give what it prints. Raises `Trouble` when it does not end well."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=places.ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"This did not work: {shlex.join(words)}\n{last_lines(done.stdout + done.stderr)}")
    return done.stdout


def log_path(name: str) -> Path:
    """The path of a log file; its folder exists."""
    places.logs().mkdir(parents=True, exist_ok=True)
    return places.logs() / f"{name}.log"


def last_lines(text: str, *, count: int = SHOWN_LINES) -> str:
    """The end of a text, indented."""
    return "\n".join(f"    {line}" for line in text.splitlines()[-count:])


def _status(words: Sequence[str], *, file: int, folder: Path, environment: Mapping[str, str] | None) -> int | str:
    try:
        return subprocess.run(
            words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False
        ).returncode
    except FileNotFoundError:
        return f"there is no program {words[0]}"


def _shown(said: str, path: Path) -> str:
    return f"{last_lines(said)}\n    (all of it: {path})"
