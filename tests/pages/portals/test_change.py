"""An operator changes a portal with another, and stops one at once."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from namens.grants.models import FetchedKeys
from namens.grants.portal_keys import keys_of
from namens.services.actions.portals import secret_digests
from namens.services.models import Portal, PortalChange, Status
from tests.openid.relying import key
from tests.pages.portals.registering import COMPAT, admitted, changes, decides, does, page_of, proposes, secret_on
from tests.pages.visiting import shown
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("catalogue")
EVIL = "https://kwaad.example/terug"


def test_it_fills_in_what_holds(at_olga: Client, at_oscar: Client) -> None:
    said = {"acts": "gezien=Gezien", "switches": ["receives_names", "refresh_tokens"]}
    held = admitted(at_olga, at_oscar, **said)
    page = at_olga.get(reverse("pages:portal-change", args=[held.id])).content.decode()
    assert "https://gemeente.example/ook-terug" in page
    assert "gezien=Gezien" in page
    assert "Zo is het al. Wijzig eerst iets." in shown(changes(at_olga, held, **said))
    assert not PortalChange.objects.exists()


def test_it_shows_what_changes_old_beside_new(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    page = shown(changes(at_olga, held, redirect_uris=EVIL, name="Gemeente Anders"))
    assert "Een collega van het beheer moet akkoord gaan" in page
    page = shown(at_oscar.get(page_of(held)))
    assert "Naam die mensen lezen Gemeente Voorbeeld Gemeente Anders" in page
    assert "Adressen na het inloggen Kijk twee keer https://gemeente.example/terug" in page
    assert EVIL in page
    assert Portal.objects.get().redirect_uris == held.redirect_uris


def test_it_lets_a_change_hold_with_a_second_operator_only(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    changes(at_olga, held, redirect_uris=EVIL)
    change = PortalChange.objects.get()
    assert decides(at_olga, "approve", change).status_code == 409
    assert Portal.objects.get().redirect_uris == held.redirect_uris
    page = shown(decides(at_oscar, "approve", change))
    assert "voorgesteld door Olga, akkoord van Oscar. Adressen na het inloggen" in page
    assert Portal.objects.get().redirect_uris == [EVIL]
    assert decides(at_oscar, "approve", change).status_code == 409


@pytest.mark.parametrize("who", ["own", "other"])
def test_it_takes_a_change_away(at_olga: Client, at_oscar: Client, who: str) -> None:
    held = admitted(at_olga, at_oscar)
    changes(at_olga, held, name="Anders")
    page = shown(decides(at_olga if who == "own" else at_oscar, "refuse", PortalChange.objects.get()))
    assert "weggehaald door" in page
    assert Portal.objects.get().name == held.name


def test_it_decides_on_no_change_of_another_portal(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    changes(at_olga, held, name="Anders")
    proposes(at_olga, client_id="ander")
    other, change = Portal.objects.get(client_id="ander"), PortalChange.objects.get()
    for what in ("approve", "refuse"):
        address = reverse(f"pages:portal-change-{what}", args=[other.id, change.id])
        assert at_oscar.post(address).status_code == 409
    assert PortalChange.objects.get().status == Status.PROPOSED


def test_it_gives_a_new_secret_that_works_after_the_second_yes(at_olga: Client, at_oscar: Client) -> None:
    first = secret_on(proposes(at_olga, **COMPAT))
    held = Portal.objects.get()
    does(at_oscar, "approve", held)
    page = changes(at_olga, held, **COMPAT, new_secret="on")
    second = secret_on(page)
    assert second not in {"", first}
    assert "Een nieuw geheim" in shown(at_oscar.get(page_of(held)))
    assert Portal.objects.get().secret_digest in secret_digests(first)
    decides(at_oscar, "approve", PortalChange.objects.get())
    assert Portal.objects.get().secret_digest in secret_digests(second)


def test_it_asks_for_a_secret_where_there_is_none_yet(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    assert "Vink dit aan, dan maken wij er een" in shown(changes(at_olga, held, **COMPAT))


def test_it_counts_no_keys_that_were_fetched_at_the_old_address(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, jwks="", jwks_uri="https://gemeente.example/jwks")
    kept = {"keys": [{"kty": "EC", "kid": "oud"}], "address": held.jwks_uri}
    FetchedKeys.objects.create(portal=held, fetched_at=NOW, tried_at=NOW, **kept)
    assert "EC oud" in shown(at_olga.get(page_of(held)))
    changes(at_olga, held, jwks="", jwks_uri="https://nieuw.example/jwks")
    decides(at_oscar, "approve", PortalChange.objects.get())
    assert keys_of(Portal.objects.get()) == []
    assert "EC oud" not in shown(at_olga.get(page_of(held)))


def test_it_says_since_when_the_keys_are_as_they_are(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    let_in = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    Portal.objects.update(approved_at=let_in)
    assert "De publieke sleutels zijn zo sinds 1 maart 2026, 10:00" in shown(at_olga.get(page_of(held)))
    changes(at_olga, held, jwks=json.dumps({"keys": [key("EC", 1).as_dict(private=False)]}))
    decides(at_oscar, "approve", PortalChange.objects.get())
    page = shown(at_olga.get(page_of(held)))
    assert "De publieke sleutels zijn zo sinds" in page
    assert "zijn zo sinds 1 maart" not in page


def test_it_stops_a_portal_after_a_question(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    assert "Niemand kan daar vanaf nu nog inloggen" in shown(at_olga.get(f"{page_of(held)}/stoppen"))
    assert Portal.objects.get().status == Status.APPROVED
    page = shown(does(at_olga, "withdraw", held))
    assert "Gestopt Olga" in page
    assert does(at_olga, "withdraw", held).status_code == 409


def test_it_uses_a_stopped_portal_again_with_two_operators(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    does(at_olga, "withdraw", held)
    assert "weer worden gebruikt" in shown(changes(at_olga, held))
    decides(at_oscar, "approve", PortalChange.objects.get())
    assert Portal.objects.get().status == Status.APPROVED


def test_it_changes_no_portal_that_waits_for_its_first_yes(at_olga: Client) -> None:
    proposes(at_olga)
    made = Portal.objects.get()
    assert "U stelde dit voor" in shown(changes(at_olga, made, name="Anders"))
    assert Portal.objects.get().name == made.name
