"""The guide inside an appointment: filled in with what is known, so that only what the helper knows is asked."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from namens.pages.guide.advice import Answers, Helper, Reach, Situation
from namens.pages.guide.answers import as_parameters
from namens.signin.session import Visitor


def guide_url(visitor: Visitor, *, day: date, has_partner: bool, only_during: bool) -> str:
    """Give the address of the guide for this appointment. Nothing in it says who anybody is."""
    member = visitor.member
    known = Answers(
        situation=Situation.ORDINARY,
        helper=Helper.ORGANISATION if member else Helper.PRIVATE,
        eherkenning=True if member else None,
        bsn=member.organisation.may_process_bsn if member else None,
        partner=has_partner,
        reach=Reach.DURING if only_during else None,
        day=day,
    )
    return f"{reverse('pages:which-way')}?{urlencode(as_parameters(known))}"
