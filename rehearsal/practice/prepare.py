"""Makes a practice environment ready in one process: `python -m rehearsal.practice.prepare FOLDER PORTS ADDRESSES`.

The same preparations as of `make run`, by the same commands; but a process for each would take most of the time.
"""

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from namens import cli
from rehearsal.practice import crew
from rehearsal.practice.environment import Environment
from tools.practice_portals import Ports
from tools.say import Trouble, fail


@dataclass(frozen=True, kw_only=True)
class Inside(Environment):
    """The environment, seen from a process that has its settings."""

    def namens(self, *words: str | Path) -> str:
        """Give what a command of `namens` says. Raises `Trouble`."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = cli.main([str(word) for word in words])
        if status:
            raise Trouble(f"This did not work: namens {' '.join(map(str, words))}\n{said.getvalue()}")
        return said.getvalue()


def main() -> None:
    """Do everything that has to be done before the programs start. Doing it twice changes nothing."""
    folder, ports, public = sys.argv[1:]
    inside = Inside.at(Path(folder), ports=Ports(**json.loads(ports)), public=json.loads(public))
    try:
        for _, prepare in inside.shared_preparations():
            prepare()
    except Trouble as trouble:
        fail(trouble)
    crew.fill(inside.folder, most=crew.FIRST)


if __name__ == "__main__":
    main()
