"""Back from the broker: check the login, learn who it is here, and begin a session."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates import requests_of
from namens.mandates.actions import block
from namens.organisations.actions import admit_login
from namens.organisations.models import Member
from namens.organisations.refusals import OrganisationReason
from namens.pages.entrance.depart import UNDER_WAY, broker_or_404, callback_url, way_back
from namens.pages.entrance.refused import refused_page
from namens.pages.joining import invitation
from namens.parties.actions import register_person
from namens.parties.facts import StopSignal
from namens.parties.models import Kind, Party
from namens.population import actions as population
from namens.population.answers import Found, NotFound
from namens.signin import session, visits
from namens.signin.brokers import Broker
from namens.signin.login import LoginReason, LoginRefused, MemberLogin, PersonLogin
from namens.signin.openid_connect import OpenIdConnect

NAME_IS_FRESH = timedelta(hours=24)


@require_safe
def callback(request: HttpRequest, broker: str) -> HttpResponse:
    """Finish a login that this browser began. The answer is used once: a replay finds nothing."""
    found, now = broker_or_404(broker), clock.now()
    memory = _remembered(request, broker=found.key)
    if memory is None:
        return refused_page(request, LoginReason.UNKNOWN_STATE, broker=found)
    answer = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    login = OpenIdConnect(found).arrive(answer=answer, memory=memory, callback=callback_url(found), now=now)
    if isinstance(login, LoginRefused):
        return _refuse(request, login, broker=found, next_path=memory["next"], now=now)
    if isinstance(login, MemberLogin):
        party = _admit(request, login, made_for=memory["next"], now=now)
    else:
        party = _welcome(login, now)
    if isinstance(party, LoginRefused):
        return _refuse(request, party, broker=found, next_path=memory["next"], now=now)
    made_for = memory["next"]
    session.login(request, party=party, level=login.assurance, auth_time=login.auth_time, now=now, made_for=made_for)
    visits.came_through(request.session, broker=found.key)
    return redirect(_first_of_all(party, made_for=made_for, now=now))


def _first_of_all(party: Party, *, made_for: str, now: datetime) -> str:
    """Give where to go: who came for nothing special first sees what waits for an answer, a member the work list."""
    nothing_special = made_for in {reverse("pages:home"), reverse("pages:mandates")}
    if party.kind == Kind.MEMBER:
        return reverse("pages:work") if nothing_special else made_for
    if nothing_special and requests_of.waiting_for(party, now=now).exists():
        return reverse("pages:requests")
    return made_for


def _remembered(request: HttpRequest, *, broker: str) -> dict[str, Any] | None:
    under_way = dict(request.session.get(UNDER_WAY, {}))
    memory = under_way.pop(request.GET.get("state", ""), None)
    if memory is not None:
        request.session[UNDER_WAY] = under_way
    return memory if memory is not None and memory["broker"] == broker else None


def _admit(request: HttpRequest, login: MemberLogin, *, made_for: str, now: datetime) -> Party | LoginRefused:
    """Give the member's party. An invitation counts only for a login that was begun at its page."""
    is_first = made_for == reverse("pages:member-welcome")
    kept = invitation.kept(request) if is_first else None
    member = admit_login(
        kvk=login.organisation,
        pseudonym=login.identifier,
        establishment=login.establishment,
        invitation=kept.id if kept else None,
        now=now,
    )
    if isinstance(member, Member):
        return member.party
    if member is not OrganisationReason.OTHER_ORGANISATION:
        invitation.forget(request)
    return LoginRefused(member)


def _welcome(login: PersonLogin, now: datetime) -> Party | LoginRefused:
    """Give the party, with a name that the register gave in the last day; an older name will do when it is away."""
    party = register_person(bsn=login.identifier, now=now, channel=Channel.PAGES)
    person = party.person
    if person.refreshed_at is None or now - person.refreshed_at > NAME_IS_FRESH:
        answer = population.refresh(party=party, now=now)
        if isinstance(answer, NotFound):
            return LoginRefused(LoginReason.NOT_IN_REGISTER)
        if not isinstance(answer, Found) and person.refreshed_at is None:
            return LoginRefused(LoginReason.REGISTER_AWAY)
        person.refresh_from_db()
        block(person=person, now=now, channel=Channel.PAGES)
    if person.facts.signals & {StopSignal.DECEASED, StopSignal.ERRONEOUS}:
        return LoginRefused(LoginReason.DECEASED)
    return party


def _refuse(
    request: HttpRequest, refused: LoginRefused, *, broker: Broker, next_path: str, now: datetime
) -> HttpResponse:
    with transaction.atomic():
        write(Event.SIGN_IN_REFUSED, at=now, channel=Channel.PAGES, result=refused.reason)
    if refused.reason is LoginReason.CANCELLED and (portal := way_back(next_path)):
        return redirect(portal)
    return refused_page(request, refused.reason, broker=broker, next_path=next_path)
