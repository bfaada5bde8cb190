"""Take the pictures of the lessons again, of the pages as they are now: `python -m tools.pictures`.

Starts the practice programs, walks past every page that a lesson shows, in each language, and writes `assets/lessons`.
"""

import argparse
import os
import subprocess
import sys

from tools import browser, places
from tools.say import line

JOURNEY = "tests/journeys/test_lesson_pictures.py"


def main() -> int:
    """Take them; the exit status is 1 when a page could not be reached."""
    argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__).parse_args()
    found = browser.find_or_install()
    if found is None:
        line(f"There is no Chromium here. {browser.HOW}")
        return 1
    words = [str(places.PYTHON), "-m", "pytest", JOURNEY, "-q", "-m", "journey", "--database=sqlite", "-n", "0"]
    settings = {**os.environ, "REMAKE_PICTURES": "1", "NAMENS_CHROMIUM": str(found)}
    done = subprocess.run(words, cwd=places.ROOT, env=settings, check=False)
    sizes = [path.stat().st_size for path in (places.ROOT / "assets" / "lessons").rglob("*.webp")]
    line(f"{len(sizes)} pictures, {sum(sizes) / 1000:.0f} kB")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
