"""Who prints: one interface, and the printer that the settings name."""

from datetime import datetime
from typing import Protocol

from django.conf import settings

from namens.post.answers import Answer
from namens.post.printers.folder import FolderPrinter
from namens.post.printers.notifynl import NotifyPrinter

__all__ = ["Printer", "from_settings"]


class Printer(Protocol):
    """Takes letters. Runs in any thread and never touches the database."""

    def hand_over(self, *, reference: str, pdf: bytes, kind: str, now: datetime) -> Answer:
        """Hand a letter over. Doing it again with the same reference prints nothing twice.

        `reference` has letters, digits and dashes only. `now` is this instant.
        """


def from_settings() -> Printer:
    """Give the printer that the settings name."""
    if settings.PRINTER == "notifynl":
        return NotifyPrinter(settings.NOTIFYNL)
    return FolderPrinter(settings.PRINTER_FOLDER)
