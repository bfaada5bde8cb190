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
from namens.mandates import terms as rules
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.lines import fix_days
from namens.mandates.actions.replacing import take_place
from namens.mandates.letters import LetterKind, ask_letter, tell_by_email
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State, Verb, after
from namens.mandates.waiting import can_be_agreed_to
from namens.parties.actions import find_person
from namens.parties.identifiers import Bsn
from namens.parties.models import Party

TOLD_AGAIN_AFTER = timedelta(weeks=4)


@dataclass(frozen=True)
class Activated:
    """The mandate that is active now."""

    mandate: UUID


def try_code(*, code: PlainCode, bsn: Bsn, helper: Party, now: datetime) -> Match | CodeRefusal:
    """Say which waiting mandate this code opens for this helper, who also gives the client's BSN. Refusals count."""
    giver = find_person(bsn=bsn)
    return codes.check(code=code, giver=giver.id if giver else None, helper=helper, now=now)


def activate(*, code: UUID, helper: Party, now: datetime) -> Activated | CodeRefusal:
    """Use up the code with this id and make its mandate active. The first of any number of tries wins.

    Raises MandateRefused, with nothing written, when giver or helper cannot (any more) be party to a mandate, or when
    a newer mandate covers all of it; the caller has just asked the population register about the giver.
    """
    with transaction.atomic():
        mandate = _waiting(code, now)
        if mandate is None or isinstance(codes.redeem(code=code, helper=helper.id, now=now), CodeRefusal):
            return _refused(helper, now)
        rules.check_giver(mandate.representee.person, now=now, under_administration=False)
        rules.check_helper(helper, giver=mandate.representee, today=clock.day_of(now))
        # Another letter may have another code, which lives a few days beside this one.
        codes.kill(opens=mandate.id, now=now)
        _become_active(mandate, helper, now)
        if not take_place(mandate, helper=helper, now=now):
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        write(
            Event.MANDATE_ACTIVATED,
            at=now,
            channel=Channel.PAGES,
            actor=helper.id,
            subject=mandate.representee_id,
            mandate=mandate.id,
        )
        ask_letter(LetterKind.CONFIRMATION, mandate=mandate, now=now)
        tell_by_email(party=mandate.representee_id, now=now)
        if mandate.duration:
            # The client never logged in for it: a second letter, in case the first fell into other hands.
            ask_letter(LetterKind.AGAIN, mandate=mandate, now=now, due_at=now + TOLD_AGAIN_AFTER)
        return Activated(mandate=mandate.id)


def _waiting(code: UUID, now: datetime) -> Mandate | None:
    """Give the mandate of this code, held, when it still waits; whose code it is, is for `redeem` to say."""
    opens = codes.opened_by(code=code)
    mandate = hold_mandate(opens) if opens else None
    return mandate if mandate and can_be_agreed_to(mandate, today=clock.day_of(now)) else None


def _refused(helper: Party, now: datetime) -> CodeRefusal:
    write(Event.CODE_TRIED, at=now, channel=Channel.PAGES, actor=helper.id, result=CodeReason.NOT_ACCEPTED)
    return CodeRefusal(CodeReason.NOT_ACCEPTED)


def _become_active(mandate: Mandate, helper: Party, now: datetime) -> None:
    if mandate.state == State.REQUESTED:
        _fix_days(mandate, now)
    mandate.state = after(State(mandate.state), Verb.ACTIVATE)
    mandate.representative, mandate.activated_at = helper, now
    mandate.save(update_fields=["state", "representative", "activated_at"])


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
