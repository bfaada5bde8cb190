"""Hearing what we did not hear by webhook, as docs/api.md of Namens tells portals: first the list, then the events."""

import logging

from namens_client import Namens, Person, Search, TooOld

from mijn_toeslagen import hearing
from mijn_toeslagen import visitor as visitors
from mijn_toeslagen.portal import Portal
from mijn_toeslagen.visitor import Visitor

log = logging.getLogger("portal")


def catch_up(here: Portal, machine: Namens) -> None:
    """Hear what was told since we last heard everything. Raises NoAnswer."""
    read = here.heard.read()
    if read is None:
        read = begin(here, machine)
    try:
        follow(here, machine, after=read)
    except TooOld:
        # What was told is gone.
        follow(here, machine, after=begin(here, machine))
    look_up(here, machine)


def begin(here: Portal, machine: Namens) -> int:
    """Read the list of mandates, and end who goes by none of them; gives after which event to go on. Raises NoAnswer.

    The number is asked before the list, so that no change falls in between; and who logs in while we read
    may go by a mandate that has no place in what we read: they were asked about just now.
    """
    logins = here.sessions.logins()
    newest = machine.newest_event()
    here.mandates.replace(list(machine.mandates()))
    active = here.mandates.active()
    here.sessions.end_all(login.sid for login in logins if login.mandate not in active)
    # No list says what became of a licence, or whom a client does not want.
    hearing.ask_again(here)
    here.heard.go_on_after(newest)
    log.info("read the list of mandates: %d are active here", len(active))
    return newest


def follow(here: Portal, machine: Namens, *, after: int) -> None:
    """Take the events after this number, but for those that we took before. Raises NoAnswer, TooOld."""
    for event in machine.events(after=after):
        # Our list may be older than an event that we took before.
        hearing.note(event, here)
        if not here.heard.was_heard(str(event.id)):
            hearing.take(event, here)
        here.heard.go_on_after(event.number)


def look_up(here: Portal, machine: Namens) -> None:
    """Put the mandates with our list that a login told of and no event. Raises NoAnswer."""
    service = here.settings.service_key
    unknown = {
        _visitor(login.claims, here).subject.id
        for login in here.sessions.logins()
        if not here.mandates.knows(login.mandate)
    }
    for person in sorted(unknown):
        here.mandates.keep(list(machine.search_mandates(Search(Person(person), services=(service,)))))


def _visitor(claims: visitors.Claims, here: Portal) -> Visitor:
    return visitors.read(claims, issuer=here.settings.issuer, service_key=here.settings.service_key)
