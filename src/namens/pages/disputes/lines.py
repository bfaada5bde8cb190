"""One line of the journal in a sentence: what its client reads, and an agent who answers about it too."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate
from namens.organisations.models import Member
from namens.organisations.naming import in_full, name_of
from namens.pages.mandates.desk import sentence_of_desk
from namens.pages.mandates.history import happenings
from namens.parties.models import Party
from namens.services.models import Portal

_AT_PORTALS: dict[str, str] = {
    Event.ACT_REPORTED: gettext_noop("%(name)s did this for you at %(portal)s: %(act)s."),
    Event.ACT_REFUSED: gettext_noop("%(portal)s says that %(name)s did this: %(act)s. Nobody was allowed to do that."),
}
_ANYTHING = gettext_noop("Something was done for you.")


def sentence_of(line: JournalEntry, *, client: Party) -> str:
    """Give what its client reads of this line."""
    if line.event in _AT_PORTALS:
        named = {
            "name": _actor(line, otherwise=_("somebody")),
            "portal": portal_name(line),
            "act": line.details.get("name", "?"),
        }
        return _(_AT_PORTALS[line.event]) % named
    return _of_desk(line) or _of_mandate(line, client) or _(_ANYTHING)


def portal_name(line: JournalEntry) -> str:
    """Give the name of the portal of this line."""
    portals = Portal.objects.filter(id__in=filter(None, [line.portal]))
    return portals.values_list("name", flat=True).first() or "?"


def _of_desk(line: JournalEntry) -> str:
    return sentence_of_desk(line) if line.channel == Channel.HELPDESK else ""


def _of_mandate(line: JournalEntry, client: Party) -> str:
    if line.mandate is None:
        return ""
    mandates = Mandate.objects.select_related("representative__person", "representative__organisation")
    mandate = mandates.filter(id=line.mandate, representee=client).first()
    if mandate is None:
        return ""
    name = name_of(mandate.representative) if mandate.representative else "?"
    said = happenings([line], mandate=mandate, viewer=client, name=_actor(line, otherwise=name))
    return said[0].sentence if said else ""


def _actor(line: JournalEntry, *, otherwise: str = "?") -> str:
    """Give the name of who did it: a member with the organisation's own name for them."""
    if line.actor is None:
        return otherwise
    member = Member.objects.select_related("organisation").filter(party=line.actor).first()
    if member is not None:
        return in_full(member)
    person = Party.objects.select_related("person").filter(id=line.actor, person__isnull=False).first()
    return person.person.name.full if person and person.id != line.subject else otherwise
