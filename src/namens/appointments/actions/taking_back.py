"""What was asked for one appointment only goes with it: what runs stops, what waits is taken back."""

from datetime import datetime

from namens.appointments.agenda import requests_for
from namens.appointments.models import Appointment
from namens.journal.events import Channel
from namens.lib.ids import new_id
from namens.mandates import acting
from namens.mandates.actions import stop, take_back
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.models import MandateRequest
from namens.mandates.states import State
from namens.organisations.models import Member
from namens.parties.models import Party


def take_all_back(appointment: Appointment, *, helper: Party, member: Member | None, now: datetime) -> None:
    """Stop or take back all that was asked for this appointment only, in the open transaction.

    What was asked for longer stays: it is not of this one talk.
    """
    if appointment.only_during:
        for asked in requests_for(appointment):
            let_go(asked, helper=helper, member=member, now=now)


def let_go(asked: MandateRequest, *, helper: Party, member: Member | None, now: datetime) -> None:
    """Stop the mandate that came of this request, or take the request back. What was reported is stopped already.

    The client may say yes at this very moment: so the mandate is held, and looked at after that. The statements are the
    same when there is none.
    """
    mandate = hold_mandate(asked.mandate_id or new_id())
    if mandate is not None and mandate.activated_at is not None:
        if mandate.state == State.ACTIVE:
            stop(mandate=mandate.id, by=helper, member=member, now=now)
        return
    take_back(asked.id, actor=acting.actor_of(helper, member=member), channel=Channel.PAGES, now=now)
