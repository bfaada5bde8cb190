"""A client gives a mandate: it waits for the helper to use the code."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from namens.codes import actions as codes
from namens.codes.plain import PlainCode
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates import terms as rules
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.lines import make_lines
from namens.mandates.actions.replacing import take_place
from namens.mandates.actions.second import keep_waiting
from namens.mandates.letters import LetterKind, ask_letter, tell_by_email
from namens.mandates.models import Mandate, Origin
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State, Verb, after
from namens.mandates.terms import Terms
from namens.mandates.waiting import needs_code
from namens.parties.actions import hold
from namens.parties.models import Kind, Party, Person


@dataclass(frozen=True)
class GivenMandate:
    """A mandate that waits, and its code."""

    mandate: Mandate
    code: PlainCode


@dataclass(frozen=True)
class ActiveAtOnce:
    """A mandate that needed no code: the client goes on with somebody."""

    mandate: Mandate


def offer(
    *,
    representee: Party,
    representative: Party | None,
    terms: Terms,
    level: AssuranceLevel | None,
    under_administration: bool,
    now: datetime,
    one_browser: str = "",
) -> GivenMandate | ActiveAtOnce:
    """Give a mandate to `representative`, or to whoever brings the code (None). Raises MandateRefused.

    The caller has just asked the population register about the representee. Where no code is needed (an organisation
    that was mandated before, or a helper to go on with) it is active at once. `one_browser` is the keyed digest of the
    browser when the helper was there too within two hours: then what goes far waits for a second yes.
    """
    # Read again: what the caller holds may be from before the register was asked.
    giver = Person.objects.get(party=representee)
    rules.check_giver(giver, now=now, under_administration=under_administration)
    _check_helper_and_terms(representee, representative, terms, level, clock.day_of(now))
    at_once = not needs_code(representee=representee, representative=representative, today=clock.day_of(now))
    with transaction.atomic():
        if at_once:
            hold(party=representee)
        given = rules.in_one_browser(terms) if one_browser else terms
        mandate = _create(representee, representative, given, level or AssuranceLevel.BASIC, now)
        if given != terms:
            keep_waiting(mandate, wanted=terms, browser=one_browser, now=now)
            mandate.save(update_fields=["held_to"])
        _note(Event.MANDATE_OFFERED, mandate, now, details=_details(given))
        if representative is not None and at_once:
            _activate(mandate, representative, now)
            return ActiveAtOnce(mandate=mandate)
        return GivenMandate(mandate=mandate, code=_issue(mandate, now))


def new_code(*, mandate: UUID, by: Party, now: datetime) -> GivenMandate:
    """Make a new code for a mandate that waits; the older one dies. Only its giver can. Raises MandateRefused."""
    with transaction.atomic():
        waiting = hold_mandate(mandate)
        if waiting is None or waiting.representee_id != by.id:
            raise MandateRefused(MandateReason.NOT_YOURS)
        if waiting.state != State.OFFERED or waiting.last_day < clock.day_of(now):
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        return GivenMandate(mandate=waiting, code=_issue(waiting, now))


def code_last_day(*, open_code: bool, mandate_last_day: date, today: date) -> date:
    """Give the last day of a code on the screen: today for an open one, never after the mandate."""
    return today if open_code else min(today + timedelta(days=settings.CODE_DAYS), mandate_last_day)


def _check_helper_and_terms(
    giver: Party, helper: Party | None, terms: Terms, level: AssuranceLevel | None, today: date
) -> None:
    if helper is not None:
        rules.check_helper(helper, giver=giver, today=today)
    kind = Kind(helper.kind) if helper else Kind.PERSON
    rules.check_terms(terms, level=level, open_code=helper is None, today=today, to=kind)


def _create(
    representee: Party, representative: Party | None, terms: Terms, level: AssuranceLevel, now: datetime
) -> Mandate:
    mandate = Mandate.objects.create(
        representee=representee,
        representative=representative,
        origin=Origin.GIVEN,
        state=after(None, Verb.OFFER),
        first_day=terms.first_day,
        last_day=terms.last_day,
        level_given=level,
        granted_actions=sorted(terms.granted_actions),
        sensitive_seen=sorted(terms.sensitive),
        offered_at=now,
    )
    make_lines(mandate, services=terms.services)
    return mandate


def _activate(mandate: Mandate, organisation: Party, now: datetime) -> None:
    mandate.state, mandate.activated_at = after(State(mandate.state), Verb.ACTIVATE), now
    mandate.save(update_fields=["state", "activated_at"])
    if not take_place(mandate, helper=organisation, now=now):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    _note(Event.MANDATE_ACTIVATED, mandate, now)
    ask_letter(LetterKind.CONFIRMATION, mandate=mandate, now=now)
    tell_by_email(party=mandate.representee_id, now=now)


def _note(event: Event, mandate: Mandate, now: datetime, *, details: dict[str, str | list[str]] | None = None) -> None:
    by = mandate.representee_id
    write(event, at=now, channel=Channel.PAGES, actor=by, subject=by, mandate=mandate.id, details=details)


def _issue(mandate: Mandate, now: datetime) -> PlainCode:
    open_code = mandate.representative_id is None
    last_day = code_last_day(open_code=open_code, mandate_last_day=mandate.last_day, today=clock.day_of(now))
    return codes.issue(
        opens=mandate.id,
        giver=mandate.representee_id,
        helper=mandate.representative_id,
        last_day=last_day,
        now=now,
    )


def _details(terms: Terms) -> dict[str, str | list[str]]:
    return {
        "services": [service.key for service in dict.fromkeys(terms.services)],
        "first_day": terms.first_day.isoformat(),
        "last_day": terms.last_day.isoformat(),
        "granted_actions": sorted(terms.granted_actions),
    }
