"""What members asked in the organisation's name, as rows: by the name that the asker gave, and by days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from namens.mandates.models import MandateRequest
from namens.mandates.requests_of import Standing, standing_of
from namens.organisations.models import Member
from namens.pages.mandates.wording import day


@dataclass(frozen=True)
class AskedRow:
    """What a row says. `url` is there for what one asked oneself; `other` is the half that is active already."""

    id: UUID
    url: str
    label: str
    asked_by: str
    services: list[str]
    standing: str
    until: str
    other: str
    has_code: bool


def asked_rows(found: Iterable[MandateRequest], *, member: Member, today: date, half: bool = False) -> list[AskedRow]:
    """Give the words for what was asked; the services were loaded with it, and with `half` the other half."""
    return [_row(asked, member, today, other=_other(asked) if half else "") for asked in found]


def _row(asked: MandateRequest, member: Member, today: date, *, other: str) -> AskedRow:
    is_own = asked.asked_by_member_id == member.party_id
    standing = standing_of(asked, today=today)
    by = asked.asked_by_member.full_name if asked.asked_by_member else ""
    return AskedRow(
        id=asked.id,
        url=reverse("pages:asked", args=[asked.id]) if is_own else "",
        label=asked.label,
        asked_by=_("You") if is_own else by,
        services=[service.name for service in asked.services.all()],
        standing=_words(asked, standing),
        until=day(asked.waits_until) if standing.waits else "",
        other=other,
        has_code=standing is Standing.CODE_CAN_BE_THERE,
    )


def _words(asked: MandateRequest, standing: Standing) -> str:
    if standing is Standing.LETTER_COMES:
        return _("Letter on %(day)s at the latest") % {"day": day(asked.letter_by)}
    if standing is Standing.CODE_CAN_BE_THERE:
        return _("The code can be there")
    if standing is Standing.DAY_COMES:
        return _("The code works on %(day)s only.") % {"day": day(asked.waits_until)}
    return _("Did not go ahead")


def _other(asked: MandateRequest) -> str:
    if asked.partner_of is not None:
        return asked.partner_of.label
    return next((partner.label for partner in asked.partners.all()), "")
