"""A printer that is killed around the step that makes a letter visible. Runs in a process of its own."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from namens.post.printers.folder import FolderPrinter

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
STATUS = 9


def die_before(folder: Path, reference: str, pdf: bytes) -> None:
    """Die when the letter is whole, but not yet ready."""

    def die(*_: object) -> None:
        os._exit(STATUS)

    pytest.MonkeyPatch().setattr(Path, "rename", die)
    FolderPrinter(folder).hand_over(reference=reference, pdf=pdf, kind="code", now=NOW)


def die_after(folder: Path, reference: str, pdf: bytes) -> None:
    """Die when the letter is ready, before anybody hears of it."""
    rename = Path.rename

    def rename_and_die(source: Path, target: Path) -> None:
        rename(source, target)
        os._exit(STATUS)

    pytest.MonkeyPatch().setattr(Path, "rename", rename_and_die)
    FolderPrinter(folder).hand_over(reference=reference, pdf=pdf, kind="code", now=NOW)
