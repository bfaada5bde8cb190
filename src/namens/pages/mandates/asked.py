"""A request in the plain words of the helper who made it."""

from datetime import date

from django.utils.translation import gettext as _

from namens.mandates.models import MandateRequest
from namens.mandates.requests_of import Standing, standing_of
from namens.pages.mandates.wording import Wording, day


def describe_request(asked: MandateRequest, *, today: date) -> Wording:
    """Give the words for the helper. They follow from the days and from what the helper did, until there is a yes."""
    standing = standing_of(asked, today=today)
    if standing is Standing.ACTIVE:
        return Wording(asked.label, _("Active"), "positive", [])
    if standing is Standing.INCOMPLETE:
        return Wording(asked.label, _("Not complete yet"), "warning", [])
    if standing is Standing.NOT_DONE:
        return Wording(asked.label, _("Did not go ahead"), "neutral", [])
    if standing is Standing.DAY_COMES:
        return Wording(asked.label, "", "", [_("The code works on %(day)s only.") % {"day": day(asked.waits_until)}])
    if standing is Standing.CODE_CAN_BE_THERE:
        return Wording(asked.label, "", "", [_("Do you have the code? Fill it in.")])
    return Wording(asked.label, "", "", [letter_sentence(asked)])


def letter_sentence(asked: MandateRequest) -> str:
    """Give the one answer that there is to a request, whoever was stated."""
    sentence = _("Are the details right? Then the letter comes on %(day)s at the latest.")
    return sentence % {"day": day(asked.letter_by)}
