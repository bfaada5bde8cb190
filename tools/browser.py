"""The browser of the journeys: Debian's Chromium."""

import os
import shutil
from pathlib import Path

from tools import packages
from tools.say import Trouble, line

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW = "To have it:  sudo apt-get install chromium  (or set NAMENS_CHROMIUM to the path of a Chromium that is here)."


def find() -> Path | None:
    """The browser, if there is one. `NAMENS_CHROMIUM` says which; it must exist when set."""
    chosen = os.environ.get("NAMENS_CHROMIUM")
    if chosen:
        return Path(chosen) if Path(chosen).is_file() else None
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def find_or_install() -> Path | None:
    """The browser; added with apt-get when it is missing and that is possible. None when it cannot be had here."""
    if find() is None and "NAMENS_CHROMIUM" not in os.environ and packages.can_install():
        try:
            packages.install("chromium")
        except Trouble as trouble:
            line(str(trouble))
    return find()
