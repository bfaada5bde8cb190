"""The page on which operators read what was refused to a portal, with what helps."""

from enum import StrEnum

import pytest
from django.test import Client

from namens.grants.actions import keep_told
from namens.grants.actions.told import Told
from namens.grants.refusals import Fault, GrantReason
from namens.lib import clock
from namens.pages.portals.refusal_words import ADVICE
from namens.services.models import Portal
from tests.pages.portals.registering import admitted, page_of, proposes
from tests.pages.visiting import shown

pytestmark = pytest.mark.usefixtures("catalogue")
OF_PEOPLE = {
    GrantReason.LEVEL_TOO_LOW,
    GrantReason.OTHER_PERSON,
    GrantReason.NOT_ALLOWED,
    GrantReason.REQUEST_SPENT,
    GrantReason.TOKEN_NOT_ACCEPTED,
}
"""What a person reads on a page, or UserInfo says without knowing whose token it was."""


def told_to(portal: Portal, reason: str) -> None:
    told = Told(endpoint="token", error="invalid_client", reason=reason, description="client authentication failed")
    assert keep_told(told, client_id=portal.client_id, request_id="nummer-van-verzoek", now=clock.now())


def test_it_says_what_was_wrong_and_what_helps(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    told_to(held, Fault.AUDIENCE)
    page = shown(at_olga.get(f"{page_of(held)}/geweigerd"))
    assert "invalid_client" in page
    assert "De aud van de verklaring moet onze issuer zijn" in page
    assert "nummer-van-verzoek" in page
    assert "De laatste dagen logde daar niemand in" in page


def test_it_shows_no_refusal_of_another_portal(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    told_to(held, Fault.AUDIENCE)
    proposes(at_olga, client_id="ander")
    page = shown(at_olga.get(f"{page_of(Portal.objects.get(client_id='ander'))}/geweigerd"))
    assert "Er is niets geweigerd" in page


@pytest.mark.parametrize("reason", [*(set(GrantReason) - OF_PEOPLE - {GrantReason.NONCE_NEEDED}), *Fault])
def test_it_has_advice_for_everything_that_a_portal_can_do_wrong(reason: StrEnum) -> None:
    if reason is not GrantReason.WRONG_ASSERTION:
        assert reason in ADVICE
