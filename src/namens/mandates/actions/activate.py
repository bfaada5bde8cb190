"""A helper uses the code: the mandate becomes active and takes the place of what it replaces."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from namens.codes import actions as codes
from namens.codes.actions import Match
from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import acting
from namens.mandates import terms as rules
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.lines import fix_days
from namens.mandates.actions.replacing import take_place
from namens.mandates.actions.second import HELD, hold_back
from namens.mandates.letters import LetterKind, ask_letter, tell_by_email
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State, Verb, after
from namens.mandates.waiting import can_be_agreed_to
from namens.organisations.actions.assignments import assign
from namens.organisations.models import Member
from namens.parties.actions import find_person
from namens.parties.identifiers import Bsn
from namens.parties.models import Kind, Party

TOLD_AGAIN_AFTER = timedelta(weeks=4)


@dataclass(frozen=True)
class Activated:
    """The mandate that is active now."""

    mandate: UUID


def try_code(
    *, code: PlainCode, bsn: Bsn, helper: Party, now: datetime, member: Member | None = None
) -> Match | CodeRefusal:
    """Say which waiting mandate this code opens for this helper, who also gives the client's BSN. Refusals count.

    For an organisation a `member` of it tries. Raises MandateRefused when that member may not type a BSN, or has no
    licence: without any the code is not even looked up.
    """
    by = acting.actor_of(helper, member=member)
    acting.check_may_type_bsn(member)
    if member is not None:
        acting.check_has_licence(member, at=now)
    giver = find_person(bsn=bsn)
    found = codes.check(code=code, giver=giver.id if giver else None, helper=helper, by=by, now=now)
    if member is not None and isinstance(found, Match):
        _check_member(member, mandate=found.opens, client=giver.id if giver else None, now=now)
    return found


def activate(
    *, code: UUID, helper: Party, now: datetime, member: Member | None = None, one_browser: str = ""
) -> Activated | CodeRefusal:
    """Use up the code with this id and make its mandate active. The first of any number of tries wins.

    For an organisation a `member` of it does this, who looks after the client from now on when nobody did.
    `one_browser` is the keyed digest of the browser when the giver was there too within two hours.

    Raises MandateRefused, with nothing written, when giver or helper cannot (any more) be party to a mandate, when the
    member lacks a licence, or when a newer mandate covers all of it; the caller has just asked the population register
    about the giver.
    """
    by = acting.actor_of(helper, member=member)
    with transaction.atomic():
        mandate = _waiting(code, now)
        if mandate is None or isinstance(codes.redeem(code=code, helper=helper.id, by=by.id, now=now), CodeRefusal):
            return _refused(by, now)
        rules.check_giver(mandate.representee.person, now=now, under_administration=False)
        rules.check_helper(helper, giver=mandate.representee, today=clock.day_of(now))
        if member is not None:
            _check_member(member, mandate=mandate.id, client=mandate.representee_id, now=now)
            assign(member=member, client=mandate.representee, now=now)
        # Another letter may have another code, which lives a few days beside this one.
        codes.kill(opens=mandate.id, now=now)
        _become_active(mandate, helper, now, one_browser=one_browser)
        if not take_place(mandate, helper=helper, now=now):
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        write(
            Event.MANDATE_ACTIVATED,
            at=now,
            channel=Channel.PAGES,
            actor=by.id,
            subject=mandate.representee_id,
            mandate=mandate.id,
        )
        _tell_client(mandate, now)
        return Activated(mandate=mandate.id)


def _tell_client(mandate: Mandate, now: datetime) -> None:
    ask_letter(LetterKind.CONFIRMATION, mandate=mandate, now=now)
    tell_by_email(party=mandate.representee_id, now=now)
    if mandate.duration:
        # The client never logged in for it: a second letter, in case the first fell into other hands.
        ask_letter(LetterKind.AGAIN, mandate=mandate, now=now, due_at=now + TOLD_AGAIN_AFTER)


def _waiting(code: UUID, now: datetime) -> Mandate | None:
    """Give the mandate of this code, held, when it still waits; whose code it is, is for `redeem` to say."""
    opens = codes.opened_by(code=code)
    mandate = hold_mandate(opens) if opens else None
    return mandate if mandate and can_be_agreed_to(mandate, now=now) else None


def _check_member(member: Member, *, mandate: UUID, client: UUID | None, now: datetime) -> None:
    """Raise MandateRefused unless all that the mandate still has is for organisations, and within the licences."""
    lines = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True).select_related("service")
    services = [line.service for line in lines]
    # An open code knows no helper yet: it can be about something that only persons may do.
    rules.check_offered(services, to=Kind.ORGANISATION)
    acting.check_licensed(member, services=services, client=client, at=now)


def _refused(by: Party, now: datetime) -> CodeRefusal:
    write(Event.CODE_TRIED, at=now, channel=Channel.PAGES, actor=by.id, result=CodeReason.NOT_ACCEPTED)
    return CodeRefusal(CodeReason.NOT_ACCEPTED)


def _become_active(mandate: Mandate, helper: Party, now: datetime, *, one_browser: str) -> None:
    if mandate.representative_id is None:
        mandate.helper_since = now
    elif mandate.state == State.REQUESTED:
        mandate.helper_since = mandate.offered_at
    if mandate.state == State.REQUESTED:
        _fix_days(mandate, now)
    hold_back(mandate, browser=one_browser, now=now)
    mandate.state = after(State(mandate.state), Verb.ACTIVATE)
    mandate.representative, mandate.activated_at = helper, now
    mandate.save(update_fields=["state", "representative", "helper_since", "activated_at", *HELD])


def _fix_days(mandate: Mandate, now: datetime) -> None:
    """Let the days begin now. The client agreed by handing the code over: that is the yes, and now is its moment."""
    lines = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True).select_related("service")
    mandate.first_day, mandate.offered_at = clock.day_of(now), now
    mandate.last_day = rules.last_day_by_letter(
        [line.service for line in lines],
        duration=Duration(mandate.duration),
        first_day=mandate.first_day,
        open_code=mandate.representative_id is None,
    )
    mandate.save(update_fields=["first_day", "last_day", "offered_at"])
    fix_days(mandate)
