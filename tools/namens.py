"""A command of `namens` in the practice that `make run` started: `python -m tools.namens portal add my-portal …`."""

import subprocess
import sys

from tools.practice import NAMENS, Practice


def main() -> int:
    """Run it with the settings of the practice; gives its exit status."""
    return subprocess.run([NAMENS, *sys.argv[1:]], env=Practice.as_usual().environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
