"""The page of one appointment, what can be done there, and who may."""

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from namens.appointments.models import Appointment, Outcome, Role, Way
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.actions import decline
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.organisations.models import Member
from namens.parties.models import Party
from tests.asking import says_yes, yes
from tests.counting import statements
from tests.meeting import DAY, again, asked_of, at, meets, moves, plan, waits_for
from tests.pages.appointments.preparing import moment, of
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW
from tests.people import of as fresh_mandate
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
LATER = date(2026, 12, 10)
PAGES = ("detail", "made", "move", "cancel", "close", "calendar", "take-over")
POSTS = ("begin", "phone", "move", "cancel", "close", "take-over")


@pytest.fixture
def appointment(bram: Party) -> Appointment:
    """Bram meets Anna on 3 December, and asks for that day only."""
    return meets(bram)


@pytest.fixture
def sam() -> Member:
    """Sam, with a licence."""
    holder = member(organisation())
    licence(holder)
    return holder


def page_on(day: date, who: Party, path: str, *, hour: int = 10) -> str:
    """Give the words of a page as they are at that hour."""
    with clock.frozen(at(day, hour)):
        return shown(arrive(who).get(path))


def agrees(appointment: Appointment, client: Party, role: Role = Role.CLIENT) -> Mandate:
    waiting = waits_for(appointment, client, role=role)
    return says_yes(waiting, client, answer=yes(duration=Duration.TODAY), now=at())


def without_tokens(page: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


def test_it_says_the_same_until_the_yes_whatever_became_of_it(
    at_bram: Client, appointment: Appointment, anna: Party
) -> None:
    before = without_tokens(at_bram.get(of(appointment)).content)
    waiting = waits_for(appointment, anna)
    met = without_tokens(at_bram.get(of(appointment)).content)
    decline(mandate=waiting.id, by=anna, is_unknown=True, now=NOW)
    assert before == met == without_tokens(at_bram.get(of(appointment)).content)


def test_it_says_of_a_pair_only_that_it_is_not_complete(bram: Party, anna: Party, carla: Party) -> None:
    appointment = meets(bram, with_partner=True)
    before = page_on(DAY, bram, of(appointment))
    agrees(appointment, anna)
    assert page_on(DAY, bram, of(appointment)) == before
    assert "Nog niet compleet" in before
    agrees(appointment, carla, Role.PARTNER)
    assert "Beiden zeiden ja." in page_on(DAY, bram, of(appointment))


def test_it_begins_and_closes_on_its_day(bram: Party, appointment: Appointment, anna: Party) -> None:
    with clock.frozen(at()):
        browser = arrive(bram)
        assert "Wij beginnen" in shown(browser.get(of(appointment)))
        send(browser, of(appointment, "begin"))
        assert "Vul de code in" in shown(browser.get(of(appointment)))
        mandate = agrees(appointment, anna)
        page = shown(browser.get(of(appointment)))
        assert "Er is ja gezegd. U kunt nu helpen." in page
        assert "Vul de code in" not in page
        send(browser, of(appointment, "close"), {"outcome": "held"})
        assert "Afgesloten" in shown(browser.get(of(appointment)))
    assert fresh_mandate(mandate).state == State.ENDED


def test_it_leads_to_the_phone_and_back(bram: Party, anna: Party) -> None:
    appointment = meets(bram, what=plan(way=Way.HAND_OFF), with_partner=True)
    with clock.frozen(at()):
        browser = arrive(bram)
        assert send(browser, of(appointment, "phone"), {"role": "partner"}).status_code == 302
        shown_at = send(browser, of(appointment, "phone"), {"role": "client"})["Location"]
        assert of(appointment) in browser.get(shown_at).content.decode()
        assert "Nog niet compleet" in shown(browser.get(shown_at))
        assert arrive(anna).get(shown_at).status_code == 404
    assert again(appointment).opened_at == at()


def test_it_says_that_it_was_forgotten_and_takes_that_it_was_not_held(bram: Party, appointment: Appointment) -> None:
    with clock.frozen(at(DAY + timedelta(days=2))):
        browser = arrive(bram)
        assert "U hebt de afspraak niet afgesloten." in shown(browser.get(of(appointment)))
        assert title(send(browser, of(appointment, "close"), {})).startswith("Fout: ")
        send(browser, of(appointment, "close"), {"outcome": "not-held"})
        assert "De afspraak ging niet door." in shown(browser.get(of(appointment)))
    assert again(appointment).outcome == Outcome.NOT_HELD


def test_it_moves_to_another_day_with_a_tick_only(at_bram: Client, appointment: Appointment) -> None:
    path = of(appointment, "move")
    assert title(send(at_bram, path, moment(LATER))).startswith("Fout: ")
    assert again(appointment).sequence == 0
    send(at_bram, path, {**moment(LATER), "again": "on"})
    assert again(appointment).starts_at == at(LATER)
    assert asked_of(appointment).opens_on == LATER


def test_it_moves_within_the_day_without_asking_again(at_bram: Client, appointment: Appointment) -> None:
    send(at_bram, of(appointment, "move"), moment(at="15:00", place=""))
    moved = again(appointment)
    assert (moved.starts_at, moved.place, moved.sequence) == (at(DAY, 15), "", 1)


def test_it_advises_the_phone_when_a_new_letter_comes_too_late(at_bram: Client, appointment: Appointment) -> None:
    send(at_bram, of(appointment, "move"), {**moment(date(2026, 11, 27)), "again": "on"})
    page = shown(at_bram.get(of(appointment)))
    assert "Neemt de eigen telefoon mee en zegt aan tafel ja." in page


def test_it_is_cancelled_after_a_question(at_bram: Client, appointment: Appointment) -> None:
    assert "Wilt u deze afspraak afzeggen?" in shown(at_bram.get(of(appointment, "cancel")))
    assert again(appointment).cancelled_at is None
    send(at_bram, of(appointment, "cancel"))
    assert "Afgezegd" in shown(at_bram.get(of(appointment)))
    assert asked_of(appointment).withdrawn_at == NOW


@pytest.mark.parametrize("who", ["dirk", "anna", "colleague without a licence", "manager elsewhere"])
def test_it_exists_for_nobody_else(appointment: Appointment, sam: Member, anna: Party, dirk: Party, who: str) -> None:
    others: dict[str, Callable[[], Party]] = {
        "dirk": lambda: dirk,
        "anna": lambda: anna,
        "colleague without a licence": lambda: member(sam.organisation, "Vera").party,
        "manager elsewhere": lambda: member(organisation("De Brug"), "Carla", is_manager=True).party,
    }
    at_work = meets(sam.organisation.party, member=sam, what=plan(way=Way.HAND_OFF))
    browser = arrive(others[who]())
    for one in (appointment, at_work):
        answers = [browser.get(of(one, page)).status_code for page in PAGES]
        answers += [browser.get(of(one, "sheet", "client")).status_code]
        answers += [send(browser, of(one, page)).status_code for page in POSTS]
        assert set(answers) == {404}
    assert not Appointment.objects.filter(sequence__gt=0).exists()


def test_it_lets_a_colleague_look_and_take_over_but_not_change(sam: Member) -> None:
    appointment = meets(sam.organisation.party, member=sam, what=plan(way=Way.HAND_OFF))
    vera = member(sam.organisation, "Vera", family_name="Dijk")
    licence(vera)
    at_vera = arrive(vera.party)
    assert "Deze afspraak is van Sam Bakker." in shown(at_vera.get(of(appointment)))
    assert "Van Sam Bakker" in shown(at_vera.get(reverse("pages:appointments"), {"whose": "colleagues"}))
    assert at_vera.get(of(appointment, "move")).status_code == 404
    send(at_vera, of(appointment, "take-over"))
    assert again(appointment).member == vera
    assert arrive(sam.party).get(of(appointment, "move")).status_code == 404


def test_it_gives_a_sheet_for_each_without_the_own_name_or_a_bsn(at_bram: Client, bram: Party) -> None:
    appointment = meets(bram, with_partner=True)
    for role in Role:
        page = shown(at_bram.get(of(appointment, "sheet", role.value)))
        paper = page.split("Uw afspraak", 1)[1]
        assert "donderdag 3 december 2026, 10:00 tot 11:00" in paper
        assert "De brief met de code. Die komt van Namens, uiterlijk op 30 november 2026." in paper
        assert "Na het gesprek stopt het, uiterlijk aan het einde van die dag." in paper
        assert not any(name in paper for name in ("Mevrouw A.", "Meneer C."))
    assert at_bram.get(of(appointment, "sheet", "dog")).status_code == 404


def test_it_says_on_the_sheet_to_bring_the_phone(at_bram: Client, bram: Party) -> None:
    paper = shown(at_bram.get(of(meets(bram, what=plan(way=Way.HAND_OFF)), "sheet", "client")))
    assert "Uw telefoon met de DigiD-app, opgeladen." in paper
    assert "brief met de code" not in paper


def test_it_gives_a_calendar_file_without_anything_of_the_client(at_bram: Client, appointment: Appointment) -> None:
    moved = moves(appointment, appointment.helper, day=date(2027, 1, 4))
    answer = at_bram.get(of(appointment, "calendar"))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2027, 1, 4, 9, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=60)
    assert (event.decoded("sequence"), str(event["STATUS"]), str(event["SUMMARY"])) == (1, "CONFIRMED", "Afspraak")
    assert str(event["UID"]).startswith(str(moved.id))
    text = answer.content.decode()
    assert "BEGIN:VTIMEZONE" in text
    assert not any(word in text for word in ("Mevrouw", "Thuis", "Brink", "toeslagen", "Bakker"))


def test_it_takes_a_cancelled_one_out_of_a_calendar(at_bram: Client, appointment: Appointment) -> None:
    send(at_bram, of(appointment, "cancel"))
    calendar = Calendar.from_ical(at_bram.get(of(appointment, "calendar")).content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event.decoded("sequence")) == ("CANCEL", "CANCELLED", 1)


def test_it_lists_any_number_in_the_same_statements(at_bram: Client, bram: Party) -> None:
    def look() -> int:
        return statements(lambda: at_bram.get(reverse("pages:appointments")))

    meets(bram, what=plan(way=Way.HERE), with_partner=True)
    one = look()
    for _ in range(4):
        meets(bram, what=plan(way=Way.HERE), with_partner=True)
    assert look() == one


def test_it_reads_one_in_few_statements(at_bram: Client, bram: Party) -> None:
    pair = meets(bram, with_partner=True)
    assert statements(lambda: at_bram.get(of(pair))) <= 10


def test_it_shows_a_client_the_own_appointments_and_nothing_of_the_other(
    bram: Party, anna: Party, carla: Party, dirk: Party
) -> None:
    appointment = meets(bram, with_partner=True)
    waits_for(appointment, anna)
    mine = reverse("pages:my-appointments")
    page = shown(arrive(anna).get(mine))
    assert "donderdag 3 december 2026, 10:00 tot 11:00" in page
    assert "Bram Bakker helpt u met: Mijn toeslagen." in page
    assert not any(word in page for word in ("Mevrouw A.", "Meneer C.", "partner"))
    for other in (carla, dirk):
        assert "Geen helper heeft hier een afspraak met u gemaakt." in shown(arrive(other).get(mine))
    waits_for(appointment, carla, role=Role.PARTNER)
    assert page.split("Mijn afspraken")[-1] == shown(arrive(anna).get(mine)).split("Mijn afspraken")[-1]


@pytest.mark.parametrize("way", [Way.LETTER, Way.HAND_OFF, Way.HERE])
def test_it_has_a_card_with_pictures_for_each_way(at_bram: Client, bram: Party, way: Way) -> None:
    page = at_bram.get(of(meets(bram, what=plan(way=way), with_partner=True))).content.decode()
    found = re.search(r'href="([^"]*welke-manier/kaart[^"]*)"', page)
    assert found is not None
    assert at_bram.get(html.unescape(found[1])).status_code == 200


def test_it_leads_to_the_guide_with_what_is_known(at_bram: Client, appointment: Appointment) -> None:
    page = at_bram.get(of(appointment)).content.decode()
    found = re.search(r'href="([^"]*welke-manier[^"]*)"', page)
    assert found is not None
    address = html.unescape(found[1])
    assert address.endswith("?situation=ordinary&helper=private&partner=no&reach=during&day=2026-12-03")
    assert at_bram.get(address).status_code == 200


def test_it_offers_no_code_to_fill_in_before_its_day(bram: Party, appointment: Appointment) -> None:
    asked = reverse("pages:asked", args=[asked_of(appointment).id])
    before = page_on(date(2026, 12, 1), bram, asked)
    assert "De code werkt alleen op 3 december 2026." in before
    assert "Vul de code in" not in before
    assert "Vul de code in" in page_on(DAY, bram, asked)


def test_it_says_in_the_list_of_a_pair_that_it_is_not_complete(bram: Party, anna: Party, carla: Party) -> None:
    pair = meets(bram, with_partner=True)
    agrees(pair, anna)
    client = reverse("pages:asked", args=[asked_of(pair).id])
    assert "Nog niet compleet" in page_on(DAY, bram, client)
    agrees(pair, carla, Role.PARTNER)
    with clock.frozen(at()):
        assert arrive(bram).get(client).status_code == 302


def test_it_lets_a_client_say_no_before_the_day_and_yes_on_it(appointment: Appointment, anna: Party) -> None:
    request = reverse("pages:request", args=[waits_for(appointment, anna).id])
    before = page_on(date(2026, 12, 1), anna, request)
    assert "U kunt ja zeggen op 3 december 2026" in before
    with clock.frozen(at(date(2026, 12, 1))):
        assert send(arrive(anna), request, {"answer": "yes"}).status_code == 200
    with clock.frozen(at()):
        assert send(arrive(anna), request, {"answer": "yes"}).status_code == 302
