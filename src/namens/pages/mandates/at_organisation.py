"""What members of an organisation did about a client there, apart from any one mandate: for the client to read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates import queries
from namens.mandates.models import Mandate
from namens.organisations.models import Member, OpeningReason
from namens.organisations.naming import in_full
from namens.pages.mandates.history import Happening
from namens.parties.models import Kind, Party

_OPENED: dict[str, str] = {
    OpeningReason.COLLEAGUE_AWAY: gettext_noop("%(name)s looked at your data, because your own helper was away."),
    OpeningReason.CLIENT_ASKED: gettext_noop("%(name)s looked at your data, because you asked for help."),
    OpeningReason.WALK_IN: gettext_noop("%(name)s looked at your data, because you came to the office."),
    OpeningReason.URGENT: gettext_noop("%(name)s looked at your data, because it was urgent."),
}
_TAKEN_OVER = gettext_noop("%(name)s is your own helper at this organisation from now on.")


def happenings_at(mandate: Mandate, *, viewer: Party) -> list[Happening]:
    """Give what the client may read of it, newest first, while this mandate ran. Two statements, or none."""
    organisation = mandate.representative
    if viewer.id != mandate.representee_id or organisation is None or organisation.kind != Kind.ORGANISATION:
        return []
    entries = queries.journal_at(mandate)
    actors = Member.objects.select_related("organisation").in_bulk([entry.actor for entry in entries if entry.actor])
    names = {party: in_full(member) for party, member in actors.items()}
    told = [(entry, sentence_at(entry)) for entry in entries]
    return [
        Happening(entry.at, sentence % {"name": names[entry.actor]})
        for entry, sentence in told
        if sentence and entry.actor in names
    ]


def sentence_at(entry: JournalEntry) -> str:
    """Give what the client reads of an opening or a taking over, with `%(name)s` to be filled in; may be empty."""
    reason = str(entry.details.get("reason"))
    sentence = _TAKEN_OVER if entry.event == Event.CLIENT_TAKEN_OVER else _OPENED.get(reason, "")
    return _(sentence) if sentence else ""
