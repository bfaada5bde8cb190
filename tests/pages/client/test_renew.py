"""Going on with a helper: helper, services and length are known, and no code is needed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.codes.models import ActivationCode
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.mandates.states import EndReason, State
from namens.pages.client.giving import Page
from namens.parties.models import Party
from tests.pages.client.walking import page_of, walk
from tests.pages.visiting import press, send, shown
from tests.people import NOW, active, of, terms

DAY = timedelta(days=1)


def running(client: Party, helper: Party, *, since: int) -> Mandate:
    before = NOW - since * DAY
    return active(client, helper, what=terms(first_day=clock.day_of(before)), now=before)


def test_it_asks_only_what_is_not_known_and_needs_no_code(
    at_anna: Client,
    anna: Party,
    bram: Party,
    catalogue: None,  # noqa: ARG001 - asked for its effect
) -> None:
    mandate = running(anna, bram, since=340)
    codes = ActivationCode.objects.count()
    assert "Verlengen" in shown(at_anna.get(reverse("pages:mandate", args=[mandate.id])))
    path = send(at_anna, reverse("pages:renew", args=[mandate.id]))["Location"]
    assert page_of(path) is Page.EXTRA
    check = walk(at_anna, path, Page.CHECK)
    assert "Bram Bakker helpt u al. Na uw ja kan Bram Bakker meteen verder." in shown(at_anna.get(check))
    done = at_anna.get(press(at_anna, check)["Location"], follow=True)
    assert "U hebt geen code nodig" not in shown(done)
    assert "Bram Bakker mag u helpen" in shown(done)
    made = Mandate.objects.exclude(id=mandate.id).get()
    assert (made.state, str(made.first_day), str(made.last_day)) == (State.ACTIVE, "2026-11-23", "2027-11-22")
    assert of(mandate).end_reason == EndReason.REPLACED
    assert ActivationCode.objects.count() == codes


@pytest.mark.usefixtures("catalogue")
def test_it_needs_a_code_before_the_letter_of_the_first_is_there(at_anna: Client, anna: Party, bram: Party) -> None:
    mandate = running(anna, bram, since=1)
    check = walk(at_anna, send(at_anna, reverse("pages:renew", args=[mandate.id]))["Location"], Page.CHECK)
    press(at_anna, check)
    assert Mandate.objects.exclude(id=mandate.id).get().state == State.OFFERED


@pytest.mark.usefixtures("catalogue")
def test_it_is_for_the_client_only(at_bram: Client, at_dirk: Client, anna: Party, bram: Party) -> None:
    mandate = running(anna, bram, since=340)
    assert "Verlengen" not in shown(at_bram.get(reverse("pages:mandate", args=[mandate.id])))
    assert at_bram.post(reverse("pages:renew", args=[mandate.id]))["Location"] == reverse(
        "pages:mandate", args=[mandate.id]
    )
    assert at_dirk.post(reverse("pages:renew", args=[mandate.id])).status_code == 404
