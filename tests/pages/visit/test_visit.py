"""The client logs in here: the helper is out first, and afterwards nothing of the client is left."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey
from pytest_django import Settings

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.outbox.models import Kind as OutboxKind
from namens.outbox.models import OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal, Representation
from namens.signin import discovery, drafts, visits
from namens.signin.discovery import BrokerAway
from namens.signin.models import Draft, Visit
from tests.pages.visiting import arrive, shown, title
from tests.people import NOW
from tests.working import member, organisation

BROKERS = """
brokers:
  - {key: digid, name: DigiD, issuer: "https://broker.example/digid", client_id: namens, client_secret: none}
  - {key: eherkenning, name: eHerkenning, kind: member, issuer: "https://broker.example/e", client_id: namens,
     client_secret: none}
"""
BEGIN, TURN, END = "/client-logt-in", "/client-logt-in/aan-de-beurt", "/client-logt-in/klaar"
LEAVING, CLOSED, PARTNER = "/client-logt-in/afsluiten", "/client-logt-in/afgesloten", "/client-logt-in/partner"
MANDATES = "/mijn-machtigingen"
LOGOUT = "https://broker.example/digid/logout?client_id=namens&post_logout_redirect_uri="


@pytest.fixture(autouse=True)
def broker(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Have a broker for persons with an address to log out at, and one for members."""
    settings.BROKERS_FILE = tmp_path / "brokers.yaml"
    settings.BROKERS_FILE.write_text(BROKERS, encoding="utf-8")
    known = {"end": "https://broker.example/digid/logout"}

    def metadata(url: str) -> dict[str, object]:
        if known["end"] == "away":
            raise BrokerAway("away")
        if url.endswith("jwks"):
            return {"keys": [ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)]}
        issuer = url.removesuffix("/.well-known/openid-configuration")
        places = dict.fromkeys(("authorization_endpoint", "token_endpoint"), f"{issuer}/x")
        return {"issuer": issuer, "jwks_uri": f"{issuer}/jwks", **places, "end_session_endpoint": known["end"]}

    monkeypatch.setattr(discovery, "_fetch", metadata)
    discovery.forget()
    yield known
    discovery.forget()


def begun(browser: Client, portal: Portal) -> Client:
    response = browser.post(BEGIN, {"portal": str(portal.id)})
    assert (response.status_code, response["Location"]) == (302, TURN), response.content
    return browser


def signed_in(browser: Client, party: Party) -> Client:
    """Let somebody log in through DigiD in a browser where a visit is."""
    arrive(party, client=browser)
    Visit.objects.filter(party=party).update(broker="digid")
    return browser


def test_it_says_what_happens_and_where(at_bram: Client, toeslagen: Portal) -> None:
    page = shown(at_bram.get(BEGIN))
    assert toeslagen.name in page
    assert Visit.objects.count() == 0


def test_it_takes_no_portal_that_is_for_others_only(at_bram: Client, toeslagen: Portal, belasting: Portal) -> None:
    Portal.objects.filter(id=belasting.id).update(representation=Representation.OTHERS)
    assert belasting.name not in shown(at_bram.get(BEGIN))
    for wrong in ({}, {"portal": str(belasting.id)}, {"portal": "x\0"}):
        assert at_bram.post(BEGIN, wrong).status_code == 200
    assert (Visit.objects.count(), toeslagen.name in shown(at_bram.get(BEGIN))) == (0, True)


def test_it_logs_the_helper_out_first(at_bram: Client, bram: Party, toeslagen: Portal) -> None:
    drafts.begin(party=bram, journey="ask", answers={}, now=NOW)
    response = at_bram.post(BEGIN, {"portal": str(toeslagen.id)})
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert at_bram.get(reverse("pages:helper-number")).status_code == 302
    assert (Draft.objects.count(), "party" in at_bram.session) == (0, False)


def test_it_shows_the_client_nothing_of_the_helper(at_bram: Client, toeslagen: Portal) -> None:
    page = begun(at_bram, toeslagen).get(TURN)
    assert "Bakker" not in page.content.decode()
    assert 'href="https://mijn-toeslagen-portaal.example/"' in page.content.decode()


def test_it_leads_to_the_registered_address_of_the_portal(at_bram: Client, toeslagen: Portal) -> None:
    Portal.objects.update(start_url="https://portaal.example/inloggen")
    assert 'href="https://portaal.example/inloggen"' in begun(at_bram, toeslagen).get(TURN).content.decode()


def test_it_closes_everything_and_goes_by_the_broker_once(at_bram: Client, anna: Party, toeslagen: Portal) -> None:
    signed_in(begun(at_bram, toeslagen), anna)
    drafts.begin(party=anna, journey="give", answers={}, now=NOW)
    response = at_bram.post(END)
    assert (response["Location"], response["Clear-Site-Data"]) == (LEAVING, '"cache", "storage"')
    assert (Visit.objects.get().ended_at, Draft.objects.count()) == (NOW, 0)
    assert [row.payload for row in OutboxRow.objects.filter(kind=OutboxKind.VISIT_ENDED)] == [
        {"visit": str(Visit.objects.get().id)}
    ]

    leaving = at_bram.get(LEAVING).content.decode()
    assert f'content="0; url={LOGOUT.replace("&", "&amp;")}http%3A%2F%2Flocalhost%3A8000%2F' in leaving
    assert at_bram.get(LEAVING)["Location"] == CLOSED
    assert "Sluit daarom" not in shown(at_bram.get(CLOSED))


@pytest.mark.parametrize("trouble", ["", "away", "javascript:alert(1)", "http://broker.example/unsafe"])
def test_it_says_when_the_broker_cannot_be_told(
    at_bram: Client, anna: Party, toeslagen: Portal, broker: dict[str, str], trouble: str
) -> None:
    broker["end"] = trouble
    signed_in(begun(at_bram, toeslagen), anna).post(END)
    assert at_bram.get(LEAVING)["Location"] == CLOSED
    assert "Sluit daarom ook alle vensters" in shown(at_bram.get(CLOSED))


def test_it_says_nothing_of_the_client_afterwards(at_bram: Client, anna: Party, toeslagen: Portal) -> None:
    signed_in(begun(at_bram, toeslagen), anna).post(END)
    for path in (BEGIN, TURN, END, LEAVING, CLOSED, MANDATES, "/"):
        page = at_bram.get(path, follow=path == TURN)
        assert "Vries" not in page.content.decode() + str(title(page)), path
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert str(anna.id) not in str(kept)


def test_it_goes_on_with_the_partner_at_the_same_portal(
    at_bram: Client, anna: Party, carla: Party, toeslagen: Portal
) -> None:
    signed_in(begun(at_bram, toeslagen), anna).post(END)
    assert at_bram.post(PARTNER)["Location"] == TURN
    assert "Vries" not in at_bram.get(TURN).content.decode()
    signed_in(at_bram, carla)
    first, second = Visit.objects.order_by("began_at", "id")
    assert (first.party_id, first.ended_at, second.party_id, second.ended_at) == (anna.id, NOW, carla.id, None)


def test_it_ends_the_visit_of_the_one_before_when_another_logs_in(
    at_bram: Client, anna: Party, carla: Party, toeslagen: Portal
) -> None:
    signed_in(begun(at_bram, toeslagen), anna)
    signed_in(at_bram, carla)
    assert Visit.objects.get(party=anna).ended_at == NOW
    assert Visit.objects.get(party=carla).ended_at is None


def test_it_lets_the_helper_come_back_only_with_an_own_login(at_bram: Client, bram: Party, toeslagen: Portal) -> None:
    begun(at_bram, toeslagen).post(END)
    page = at_bram.get(CLOSED).content.decode()
    assert 'href="/signin/digid?next=' in page
    assert at_bram.get(reverse("pages:helper-number")).status_code == 302
    arrive(bram, client=at_bram)
    assert not visits.is_marked(at_bram.session)
    assert at_bram.get(reverse("pages:helper-number")).status_code == 200


def test_it_lets_a_member_come_back_through_eherkenning(toeslagen: Portal) -> None:
    browser = begun(arrive(member(organisation()).party), toeslagen)
    browser.post(END)
    assert 'href="/signin/eherkenning?next=%2Fwerk"' in browser.get(CLOSED).content.decode()


def test_it_ends_with_the_ordinary_logout_too(at_bram: Client, anna: Party, toeslagen: Portal) -> None:
    signed_in(begun(at_bram, toeslagen), anna)
    assert at_bram.post(reverse("pages:logout"))["Location"] == LEAVING
    assert Visit.objects.get().ended_at == NOW


def test_it_ends_after_ten_minutes_without_a_click(at_bram: Client, anna: Party, toeslagen: Portal) -> None:
    signed_in(begun(at_bram, toeslagen), anna)
    with clock.frozen(NOW + timedelta(minutes=9)):
        assert at_bram.get(MANDATES).status_code == 200
    with clock.frozen(NOW + timedelta(minutes=19, seconds=1)):
        assert at_bram.get(MANDATES).status_code == 302
        assert at_bram.get(TURN)["Location"] == LEAVING
    assert Visit.objects.get().ended_at == NOW + timedelta(minutes=19, seconds=1)


def test_it_ends_by_the_worker_when_the_browser_was_closed(at_bram: Client, anna: Party, toeslagen: Portal) -> None:
    signed_in(begun(at_bram, toeslagen), anna)
    drafts.begin(party=anna, journey="give", answers={}, now=NOW)
    assert visits.end_idle(now=NOW + timedelta(minutes=9)) == 0
    assert visits.end_idle(now=NOW + timedelta(minutes=10)) == 1
    assert visits.end_idle(now=NOW + timedelta(minutes=10)) == 0
    ended = JournalEntry.objects.get(event=Event.VISIT_ENDED)
    assert (ended.subject, ended.result, Draft.objects.count()) == (anna.id, "idle", 0)
    assert OutboxRow.objects.filter(kind=OutboxKind.VISIT_ENDED).count() == 1


def test_it_never_writes_down_who_sat_with_whom(at_bram: Client, anna: Party, bram: Party, toeslagen: Portal) -> None:
    signed_in(begun(at_bram, toeslagen), anna).post(END)
    began, ended = JournalEntry.objects.filter(event__startswith="visit-").order_by("event")
    assert (began.actor, began.subject, ended.actor, ended.subject) == (bram.id, None, anna.id, anna.id)
    assert (began.details, ended.details) == ({}, {})


def test_it_is_not_for_who_is_not_logged_in(toeslagen: Portal) -> None:
    browser = Client()
    assert browser.post(BEGIN, {"portal": str(toeslagen.id)}).status_code == 302
    assert browser.get(TURN)["Location"] == CLOSED
    assert browser.post(END)["Location"] == CLOSED
    assert browser.post(PARTNER)["Location"] == BEGIN
    assert Visit.objects.count() == 0


def test_it_lets_dirk_end_nobody_elses_visit(at_bram: Client, at_dirk: Client, anna: Party, toeslagen: Portal) -> None:
    signed_in(begun(at_bram, toeslagen), anna)
    at_dirk.post(END)
    at_dirk.get(CLOSED)
    assert Visit.objects.get().ended_at is None
    assert at_bram.get(MANDATES).status_code == 200


@pytest.mark.parametrize("path", [BEGIN, END, PARTNER])
def test_it_takes_no_form_from_another_site(bram: Party, toeslagen: Portal, path: str) -> None:
    browser = arrive(bram, client=Client(enforce_csrf_checks=True))
    posted = browser.post(path, {"portal": str(toeslagen.id)}, headers={"Origin": "https://evil.example"})
    assert posted.status_code == 403
    assert browser.get(reverse("pages:helper-number")).status_code == 200
