"""Asking the population register at a yes, before and outside the action's transaction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates.actions import block
from namens.parties.models import Party
from namens.population import actions as population
from namens.population.answers import Found, NotFound


def register_obstacle(request: HttpRequest, *, party: Party) -> HttpResponse | None:
    """Ask the register about this party now, keep the answer, and end what it forbids.

    Gives None when it answered, else the page that says what is wrong; nothing was changed then.
    """
    answer = population.refresh(party=party, now=clock.now())
    if isinstance(answer, Found):
        party.person.refresh_from_db()
        block(person=party.person, now=clock.now(), channel=Channel.PAGES)
        return None
    if isinstance(answer, NotFound):
        return render(request, "pages/register_unknown.html", status=403)
    return render(request, "pages/register_away.html", status=503)
