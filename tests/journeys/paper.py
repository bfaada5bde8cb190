"""Letters on the mat: what the print house would have, read as somebody reads paper."""

import json
import time
from pathlib import Path

from pypdf import PdfReader

from tests.journeys.person import SOON
from tests.journeys.stories import CODE
from tools.practice import Practice

POLL_SECONDS = 0.2
# Where a line may or may not be broken is no part of what people read.
INVISIBLE = str.maketrans({"\u200b": None, "\u00a0": " ", "\u2011": "-"})


def letter(practice: Practice, kind: str, *, number: int = 1) -> str:
    """Wait until so many letters of this kind were printed, and give the text of the newest."""
    deadline = time.monotonic() + SOON
    while len(found := _printed(practice, kind)) < number:
        assert time.monotonic() < deadline, f"no letter of the kind {kind} was printed"
        time.sleep(POLL_SECONDS)
    assert len(found) == number, f"{len(found)} letters of the kind {kind} instead of {number}"
    return _text(found[-1])


def letters(practice: Practice, kind: str, *, number: int) -> list[str]:
    """Wait until so many letters of this kind were printed, and give the text of each, in the order of printing."""
    letter(practice, kind, number=number)
    return [_text(folder) for folder in _printed(practice, kind)]


def code_in(text: str) -> str:
    """Give the code that stands in a letter."""
    found = CODE.search(text)
    assert found is not None, text
    return found.group()


def _text(folder: Path) -> str:
    pages = PdfReader(folder / "letter.pdf").pages
    return " ".join("\n".join(page.extract_text() for page in pages).translate(INVISIBLE).split())


def _printed(practice: Practice, kind: str) -> list[Path]:
    """Give the folders of the letters of this kind, in the order in which they were made."""
    manifests = {file.parent: json.loads(file.read_text()) for file in practice.letters.glob("ready/*/manifest.json")}
    of_kind = [folder for folder, told in manifests.items() if told["kind"] == kind]
    return sorted(of_kind, key=lambda folder: str(manifests[folder]["made_at"]))
