"""An operator sees what passes between a portal and us, and makes a secret that signs its events."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from namens.exchange.models import PortalEvent, WebhookSecret
from namens.exchange.secrets import PlainSecret, make_secret
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.outbox.models import OutboxRow
from namens.pages.portals.problem_words import PROBLEMS, problem_in_words
from namens.services.models import Portal
from tests.pages.portals.passing import event, refused, reported
from tests.pages.portals.registering import HEARS, admitted, does, page_of, proposes
from tests.pages.visiting import Answered, shown

pytestmark = pytest.mark.usefixtures("catalogue")
ALARM = "Dit portaal meldde iets dat niemand mocht doen"
LATE = "Gebeurtenissen wachten langer dan een uur"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def hears(at_olga: Client, at_oscar: Client) -> Portal:
    """A portal that hears events and reports acts."""
    return admitted(at_olga, at_oscar, **HEARS, acts="gezien=Gezien en gelezen")


def makes(browser: Client, portal: Portal) -> Answered:
    """Let an operator make a secret, and give the page that follows."""
    return browser.post(reverse("pages:portal-events-secret-new", args=[portal.id]), follow=True)


def secret_in(page: Answered) -> str:
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", page.content.decode())
    return found[0] if found else ""


def test_it_says_that_nothing_passes_yet(at_olga: Client, hears: Portal) -> None:
    page = shown(at_olga.get(page_of(hears)))
    assert f"Waar gebeurtenissen heen gaan {HEARS['events_uri']} Wat nog wacht Niets Laatst bezorgd Nog niet" in page
    assert "Opgegeven in de laatste 30 dagen 0 gebeurtenissen" in page
    assert "Nog geen. Zonder geheim gaat er niets heen." in page
    assert "Welke handelingen het mag melden Gezien en gelezen (gezien)" in page
    assert "Gemeld in de laatste 30 dagen 0 handelingen Geweigerd in de laatste 30 dagen 0 handelingen" in page
    assert ALARM not in page
    assert LATE not in page


def test_it_says_that_a_portal_hears_and_reports_nothing(at_olga: Client, at_oscar: Client) -> None:
    page = at_olga.get(page_of(admitted(at_olga, at_oscar)))
    assert "Nergens heen: er is geen adres ingevuld." in shown(page)
    assert "Welke handelingen het mag melden Geen" in shown(page)
    assert "Nieuw geheim maken" not in shown(page)


def test_it_says_nothing_of_a_portal_that_was_not_let_in(at_olga: Client) -> None:
    assert "Gebeurtenissen en handelingen" not in shown(proposes(at_olga, **HEARS))


def test_it_says_what_waits_since_when_and_why(at_olga: Client, hears: Portal) -> None:
    now = clock.now()
    event(hears, at=now - 59 * MINUTE, problem="answered 503")
    OutboxRow.objects.update(due_at=now + HOUR)
    event(hears, at=now)
    page = shown(at_olga.get(page_of(hears)))
    assert "Wat nog wacht 2 gebeurtenissen, de oudste sinds" in page
    assert "Waarom het wacht Er is iets mis bij het portaal (503). Wij proberen het weer op" in page
    assert LATE not in page


def test_it_warns_of_what_waits_longer_than_an_hour(at_olga: Client, hears: Portal) -> None:
    event(hears, at=clock.now() - HOUR - MINUTE)
    assert LATE in shown(at_olga.get(page_of(hears)))


def test_it_says_when_one_was_delivered_and_how_many_were_given_up(at_olga: Client, hears: Portal) -> None:
    now = clock.now()
    for given_up in (now - 31 * DAY, now - 29 * DAY, now - DAY):
        made = event(hears, at=given_up - 3 * DAY)
        PortalEvent.objects.filter(id=made.id).update(given_up_at=given_up)
        OutboxRow.objects.filter(payload={"event": str(made.id)}).update(given_up_at=given_up)
    taken = event(hears, at=now - HOUR)
    PortalEvent.objects.filter(id=taken.id).update(delivered_at=now - HOUR)
    page = shown(at_olga.get(page_of(hears)))
    assert "Wat nog wacht Niets" in page
    assert "Opgegeven in de laatste 30 dagen 2 gebeurtenissen" in page
    assert "Laatst bezorgd Nog niet" not in page


def test_it_counts_nothing_as_given_up_that_had_nowhere_to_go(at_olga: Client, at_oscar: Client) -> None:
    deaf = admitted(at_olga, at_oscar)
    event(deaf, at=clock.now() - DAY)
    page = shown(at_olga.get(page_of(deaf)))
    assert "Opgegeven in de laatste 30 dagen 0 gebeurtenissen" in page
    assert "Wat nog wacht Niets" in page


def test_it_counts_acts_and_raises_the_alarm_for_one_that_was_refused(at_olga: Client, hears: Portal) -> None:
    now = clock.now()
    reported(hears, at=now - 31 * DAY)
    reported(hears, at=now - 29 * DAY, number=2)
    refused(hears, at=now - 31 * DAY)
    assert ALARM not in shown(at_olga.get(page_of(hears)))
    refused(hears, at=now - 29 * DAY)
    page = at_olga.get(page_of(hears))
    assert f"{ALARM} In de laatste 30 dagen: 1 handeling. Vraag het portaal vandaag" in shown(page)
    assert "utrecht-alert--error" in page.content.decode()
    assert "Gemeld in de laatste 30 dagen 2 handelingen Geweigerd in de laatste 30 dagen 1 handeling" in shown(page)


def test_it_counts_nothing_of_another_portal(at_olga: Client, at_oscar: Client, hears: Portal) -> None:
    proposes(at_olga, client_id="ander", sector="ander", **HEARS)
    other = Portal.objects.get(client_id="ander")
    does(at_oscar, "approve", other)
    refused(other, at=clock.now())
    reported(other, at=clock.now())
    event(other, at=clock.now() - DAY, problem="too slow")
    makes(at_olga, other)
    test_it_says_that_nothing_passes_yet(at_olga, hears)


def test_it_makes_a_secret_after_a_question_and_shows_it_once(at_olga: Client, at_oscar: Client, hears: Portal) -> None:
    address = reverse("pages:portal-events-secret-new", args=[hears.id])
    assert address in at_olga.get(page_of(hears)).content.decode()
    assert "Een nieuw geheim voor de gebeurtenissen maken?" in shown(at_olga.get(address))
    assert not WebhookSecret.objects.exists()
    page = makes(at_olga, hears)
    secret = secret_in(page)
    assert PlainSecret.unseal(WebhookSecret.objects.get().sealed).text == secret
    assert page["Cache-Control"] == "no-store"
    assert secret not in str(dict(at_olga.session))
    again = at_olga.get(reverse("pages:portal-events-secret", args=[hears.id]))
    assert "U hebt het geheim al gezien" in shown(again)
    for kept in (again, at_olga.get(page_of(hears)), at_oscar.get(page_of(hears))):
        assert secret_in(kept) == ""
    assert at_oscar.get(reverse("pages:portal-events-secret", args=[hears.id])).status_code == 404
    assert at_olga.get(reverse("pages:portal-secret", args=[hears.id])).status_code == 404


def test_it_says_who_made_it_in_the_journal(at_olga: Client, hears: Portal) -> None:
    makes(at_olga, hears)
    entry = JournalEntry.objects.get(event=Event.WEBHOOK_SECRET_MADE)
    assert (entry.portal, entry.channel) == (hears.id, Channel.PAGES)
    assert entry.details["operator"] == hears.proposed_by


def test_it_says_until_when_the_older_one_signs(at_olga: Client, hears: Portal) -> None:
    makes(at_olga, hears)
    assert "Het geheim waarmee wij ondertekenen Gemaakt op" in shown(at_olga.get(page_of(hears)))
    assert "Het vorige ondertekent nog mee" not in shown(at_olga.get(page_of(hears)))
    make_secret(hears, now=clock.now(), channel=Channel.PORTAL)
    assert "Het vorige ondertekent nog mee tot" in shown(at_olga.get(page_of(hears)))


def test_it_lets_no_operator_make_a_second_one(at_olga: Client, at_oscar: Client, hears: Portal) -> None:
    makes(at_olga, hears)
    address = reverse("pages:portal-events-secret-new", args=[hears.id])
    for browser in (at_olga, at_oscar):
        page = browser.get(page_of(hears))
        assert address not in page.content.decode()
        assert "Alleen zijn eigen systeem maakt een nieuw geheim." in shown(page)
        for refused_page in (browser.get(address), makes(browser, hears)):
            assert refused_page.status_code == 409
            assert "Alleen zijn eigen systeem maakt een nieuw geheim." in shown(refused_page)
    assert WebhookSecret.objects.count() == 1


def test_it_makes_no_secret_for_a_portal_that_was_stopped(at_olga: Client, hears: Portal) -> None:
    does(at_olga, "withdraw", hears)
    assert "Nieuw geheim maken" not in shown(at_olga.get(page_of(hears)))
    assert makes(at_olga, hears).status_code == 409
    assert not WebhookSecret.objects.exists()


def test_it_asks_as_much_for_many_as_for_none(
    at_olga: Client, hears: Portal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = clock.now()
    for _ in range(5):
        event(hears, at=now, problem="too slow")
        refused(hears, at=now)
    reported(hears, at=now, number=5)
    with django_assert_max_num_queries(17):
        at_olga.get(page_of(hears))
    assert OutboxRow.objects.count() >= 5


@pytest.mark.parametrize("problem", [*PROBLEMS, *(f"answered {status}" for status in (302, 401, 404, 422, 429, 500))])
def test_it_has_words_for_what_goes_wrong(problem: str) -> None:
    said = problem_in_words(problem)
    assert problem not in said
    assert said.endswith((".", "?"))


def test_it_shows_what_it_has_no_words_for() -> None:
    assert "ArithmeticError" in problem_in_words("ArithmeticError")
