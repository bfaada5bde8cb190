"""The check page and the yes."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from namens.codes.models import ActivationCode
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import State
from namens.pages.client.giving import Page
from namens.parties.actions import helper_number_of
from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.models import Party
from namens.population.answers import Answer, Found
from namens.services.models import Portal, Service, ServiceSet
from namens.signin.models import Draft
from tests.pages.client.walking import address, begin, begin_open, give, only_draft, page_of, walk
from tests.pages.visiting import AWAY, UNKNOWN, Register, mark_on, press, send, shown, title
from tests.people import NOW, active, of, terms, told
from tests.people import give as offered

NAME = PersonName("Anna Maria", "de", "Vries")


def answering(answer: Answer) -> Callable[[Register], None]:
    def prepare(register: Register) -> None:
        register.answer = answer

    return prepare


def test_it_shows_every_answer_with_a_way_to_change_it(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    response = at_anna.get(path)
    page = shown(response)
    assert "Wie helpt u Bram Bakker" in page
    assert "Extra toestemming Nee: het rekeningnummer wijzigen" in page
    assert "Laatste dag tot en met 22 december 2026" in page
    assert page.count("Wijzig :") + page.count("Wijzig:") == 7
    assert address(Page.UNTIL, only_draft().id) in response.content.decode()


def test_it_says_that_nobody_has_to_and_how_to_stop(at_anna: Client, number: str) -> None:
    page = shown(at_anna.get(walk(at_anna, begin(at_anna, number), Page.CHECK)))
    assert "Moet dat? Nee, u hoeft niemand te machtigen." in page
    assert "U kunt op elk moment stoppen" in page
    assert "Ja, Bram Bakker mag dit voor mij doen" in page


def test_it_puts_no_name_in_a_title(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    assert title(at_anna.get(path)) == "Controleer uw antwoorden · Namens"


def test_it_says_what_the_mandate_replaces(at_anna: Client, anna: Party, bram: Party, number: str) -> None:
    active(anna, bram)
    page = shown(at_anna.get(walk(at_anna, begin(at_anna, number), Page.CHECK)))
    assert "Bram Bakker helpt u al met: Mijn toeslagen." in page


def test_it_gives_the_mandate_that_was_chosen(at_anna: Client, bram: Party, number: str) -> None:
    give(at_anna, number, EXTRA={"rekeningnummer-wijzigen": "yes"})
    given = Mandate.objects.get()
    assert (given.representative_id, given.state) == (bram.id, State.OFFERED)
    assert given.granted_actions == ["rekeningnummer-wijzigen"]
    assert str(given.last_day) == "2026-12-22"


def test_it_leads_to_the_code(at_anna: Client, number: str) -> None:
    response = press(at_anna, walk(at_anna, begin(at_anna, number), Page.CHECK))
    after = at_anna.get(response["Location"])
    assert after["Location"] == reverse("pages:code", args=[Mandate.objects.get().id])


def test_it_gives_one_mandate_for_a_double_submit(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    seen = mark_on(at_anna.get(path))
    send(at_anna, path, seen)
    assert send(at_anna, path, seen)["Location"] == reverse("pages:code", args=[Mandate.objects.get().id])
    assert ActivationCode.objects.count() == 1


def test_it_leads_from_every_page_of_a_finished_draft_to_its_code(at_anna: Client, number: str) -> None:
    give(at_anna, number)
    draft, code = only_draft().id, reverse("pages:code", args=[Mandate.objects.get().id])
    assert {at_anna.get(address(page, draft))["Location"] for page in Page} == {code}


def test_it_gives_nothing_that_was_not_on_the_page(at_anna: Client, carla: Party, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    seen, draft = mark_on(at_anna.get(path)), only_draft().id
    send(at_anna, address(Page.WHO, draft), {"number": helper_number_of(party=carla, now=NOW)})
    press(at_anna, address(Page.HELPER, draft))
    page = send(at_anna, path, seen)
    assert "Er is iets veranderd nadat deze pagina opende." in shown(page)
    assert "Ja, Carla Mulder mag dit voor mij doen" in shown(page)
    assert not Mandate.objects.exists()


def test_it_gives_no_service_that_a_newer_catalogue_put_into_the_set(at_anna: Client, number: str) -> None:
    chosen = {"services": ["set:inkomstenbelasting-en-toeslagen"]}
    path = walk(at_anna, begin(at_anna, number), Page.CHECK, SERVICES=chosen)
    seen = mark_on(at_anna.get(path))
    wider = ServiceSet.objects.get(key="inkomstenbelasting-en-toeslagen")
    wider.services.add(Service.objects.get(key="parkeervergunning"))
    assert "Er is iets veranderd" in shown(send(at_anna, path, seen))
    assert not Mandate.objects.exists()


def test_it_takes_the_yes_in_another_language_than_the_page_came_in(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    seen = mark_on(at_anna.get(path))
    at_anna.cookies["namens_language"] = "en"
    send(at_anna, path, seen)
    assert Mandate.objects.count() == 1


def test_it_takes_no_yes_without_a_page(at_anna: Client, number: str) -> None:
    send(at_anna, walk(at_anna, begin(at_anna, number), Page.CHECK))
    assert not Mandate.objects.exists()


def test_it_says_that_an_older_code_stops_working(at_anna: Client, anna: Party, bram: Party, number: str) -> None:
    offered(anna, bram)
    page = shown(at_anna.get(walk(at_anna, begin(at_anna, number), Page.CHECK)))
    assert "U maakte al eerder een code voor Bram Bakker, voor: Mijn toeslagen." in page


def test_it_names_nothing_that_ends_before_the_new_first_day(
    at_anna: Client, anna: Party, bram: Party, number: str
) -> None:
    active(anna, bram, what=terms(last_day=clock.day_of(NOW)))
    later = {"start": "later", "first_day_day": "1", "first_day_month": "12", "first_day_year": "2026"}
    page = shown(at_anna.get(walk(at_anna, begin(at_anna, number), Page.CHECK, FROM=later)))
    assert "helpt u al met" not in page


def test_it_warns_once_more_of_portals_that_keep_nobody_out(at_anna: Client, toeslagen: Portal, number: str) -> None:
    page = shown(at_anna.get(walk(at_anna, begin(at_anna, number), Page.CHECK)))
    assert f"Deze websites kunnen uw helper niet tegenhouden bij dingen waarop u nee zegt: {toeslagen.name}." in page


def test_it_asks_again_about_extra_permission_when_a_service_is_added(at_anna: Client, number: str) -> None:
    walk(at_anna, begin(at_anna, number), Page.CHECK)
    both = {"services": ["mijn-toeslagen", "inkomstenbelasting"]}
    response = send(at_anna, address(Page.SERVICES, only_draft().id), both)
    assert page_of(response["Location"]) is Page.EXTRA


def test_it_gives_an_open_code_to_nobody_by_name(at_anna: Client) -> None:
    path = walk(at_anna, begin_open(at_anna), Page.CHECK)
    assert "Ja, Wie de code heeft" not in shown(at_anna.get(path))
    press(at_anna, path)
    assert Mandate.objects.get().representative_id is None
    assert ActivationCode.objects.get().last_day == clock.day_of(NOW)


def test_it_stops_another_helper_at_once_when_the_client_says_so(
    at_anna: Client, anna: Party, carla: Party, number: str
) -> None:
    running = active(anna, carla)
    line = MandateService.objects.get(mandate=running)
    path = walk(at_anna, begin(at_anna, number), Page.CHECK, OTHERS={str(line.id): "yes"})
    assert "Deze helpers stoppen meteen Carla Mulder: Mijn toeslagen" in shown(at_anna.get(path))
    press(at_anna, path)
    assert of(running).state == State.ENDED


def test_it_leaves_another_helper_alone_when_the_client_says_so(
    at_anna: Client, anna: Party, carla: Party, number: str
) -> None:
    running = active(anna, carla)
    give(at_anna, number, OTHERS={str(MandateService.objects.get(mandate=running).id): "no"})
    assert of(running).state == State.ACTIVE


@pytest.mark.parametrize(("answer", "status"), [(AWAY, 503), (UNKNOWN, 403)])
def test_it_writes_nothing_when_the_register_does_not_answer(
    at_anna: Client, number: str, register: Register, answer: Answer, status: int
) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    register.answer = answer
    before = JournalEntry.objects.count()
    response = press(at_anna, path)
    assert response.status_code == status
    assert (Mandate.objects.count(), JournalEntry.objects.count()) == (0, before)
    assert Draft.objects.filter(finished_at__isnull=True).count() == 1


def test_it_asks_the_register_only_at_the_yes(at_anna: Client, number: str, register: Register) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    assert register.asked == 0
    press(at_anna, path)
    assert register.asked == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (PersonFacts(NAME, None, frozenset({StopSignal.GUARDIANSHIP})), "U staat onder curatele."),
        (PersonFacts(NAME, None, frozenset({StopSignal.DECEASED})), "is deze persoon overleden"),
        (PersonFacts(NAME, None, frozenset({StopSignal.ERRONEOUS})), "Er klopt iets niet met uw gegevens"),
    ],
)
def test_it_says_why_somebody_cannot_give(
    at_anna: Client, number: str, register: Register, facts: PersonFacts, sentence: str
) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    answering(Found(facts))(register)
    response = press(at_anna, path)
    assert sentence in shown(response)
    assert title(response).startswith("Fout: ")
    assert not Mandate.objects.exists()


def test_it_says_so_when_the_client_is_too_young(at_anna: Client, anna: Party, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    told(anna, born="2010-01-01")
    assert "U moet 18 jaar of ouder zijn" in shown(press(at_anna, path))


def test_it_says_so_when_the_helper_became_unfit_half_way(at_anna: Client, bram: Party, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    told(bram, signals=[StopSignal.ERRONEOUS])
    assert "Deze persoon kan u niet helpen via Namens." in shown(press(at_anna, path))


def test_it_goes_back_to_the_first_open_question(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.SERVICES)
    skipped = at_anna.get(address(Page.CHECK, only_draft().id))
    assert page_of(skipped["Location"]) is Page.SERVICES
    assert at_anna.get(path).status_code == 200


def test_it_asks_for_a_new_first_day_when_the_night_has_passed(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    draft = Draft.objects.filter(id=only_draft().id)
    draft.update(answers={**draft.get().answers, "first_day": "2026-11-22"})
    assert page_of(press(at_anna, path)["Location"]) is Page.FROM
