"""Short words for what happens at the table: Bram makes a hand-off, Anna opens it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from namens.appointments.actions import MadeHandOff, Opened, make_hand_off, open_hand_off
from namens.appointments.plain import PlainId, PlainNumber
from namens.lib.periods import Duration
from namens.mandates.models import Mandate, MandateRequest
from namens.organisations.models import Member
from namens.parties.models import Party
from tests.people import NOW, of, services

MINUTE = timedelta(minutes=1)


def hands_off(
    helper: Party,
    *,
    keys: Sequence[str] = ("mijn-toeslagen",),
    duration: Duration = Duration.ONE_YEAR,
    label: str = "Mevrouw A.",
    now: datetime = NOW,
    member: Member | None = None,
    partner_of: MandateRequest | None = None,
    renews: Mandate | None = None,
    with_partner: bool = False,
) -> MadeHandOff:
    """Let a helper make a hand-off."""
    return make_hand_off(
        helper=helper,
        member=member,
        label=label,
        services=services(*keys),
        duration=duration,
        now=now,
        partner_of=partner_of,
        renews=renews,
        with_partner=with_partner,
    )


def hands_off_at_work(member: Member, **terms: object) -> MadeHandOff:
    """Let a member make a hand-off in the organisation's name."""
    return hands_off(member.organisation.party, member=member, **terms)  # type: ignore[arg-type]  # as `hands_off` says


def opens(by: PlainId | PlainNumber, client: Party, *, now: datetime = NOW + MINUTE) -> Mandate:
    """Let a client open it, and give the mandate that waits."""
    opened = open_hand_off(by=by, client=client, now=now)
    assert isinstance(opened, Opened)
    return of(opened.mandate)
