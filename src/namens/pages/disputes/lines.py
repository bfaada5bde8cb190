"""One line of the journal in a sentence: what its client reads, and an agent who answers about it too."""

from namens.journal.models import JournalEntry
from namens.mandates.done import helpers_of
from namens.pages.done.choosing import names_of
from namens.pages.done.lines import lines_of, portals_of
from namens.parties.models import Party


def sentence_of(line: JournalEntry, *, client: Party) -> str:
    """Give what its client reads of this line in *Wat is er voor u gedaan*."""
    return lines_of([line], client=client, helpers=names_of(helpers_of(client)))[0].sentence


def portal_name(line: JournalEntry) -> str:
    """Give the name of the portal of this line."""
    return next(iter(portals_of([line]).values()), "?")
