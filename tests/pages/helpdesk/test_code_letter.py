"""Sending a code letter: who, what, a check that is read out, the yes, and what the caller hears at the end."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.helpdesk.models import Call
from namens.mandates.models import Mandate, Origin
from namens.outbox.models import Kind, OutboxRow
from namens.parties.actions import helper_number_of, reset_helper_number
from namens.parties.facts import PersonName
from namens.parties.models import Party
from namens.population.addresses import Obstacle
from tests.counting import statements
from tests.helpdesk.calling import Addresses
from tests.pages.helpdesk.phoning import THREE, call_with_anna
from tests.pages.visiting import Answered, arrive, mark_on, shown
from tests.people import NOW, active, terms, told

pytestmark = pytest.mark.usefixtures("catalogue")

FILLED = {"services": ["mijn-toeslagen"], "duration": "1-year", "administered": "no", "prompted": "no"}
SURE = {"sure": "yes"}
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def call(at_hester: Client, anna: Party) -> Call:
    """Anna calls, and Hester found her."""
    assert anna.person.name.first == "Anna"
    return call_with_anna(at_hester)


def page(name: str, *ids: object) -> str:
    """Give an address of the letter."""
    return reverse(f"pages:caller-letter{name}", args=ids)


def name_helper(browser: Client, call: Call, helper: Party) -> Answered:
    """Fill in the number of a helper."""
    return browser.post(page("", call.id), {"number": helper_number_of(party=helper, now=NOW)})


def send(browser: Client, call: Call, **changes: object) -> Answered:
    """Fill everything in, read the check page, and say yes."""
    check = browser.post(page("-what", call.id), {**FILLED, **changes})
    return browser.post(page("-what", call.id), {**FILLED, **changes, **SURE, **mark_on(check)})


def by_phone() -> int:
    """Give how many mandates were arranged by telephone."""
    return Mandate.objects.filter(origin=Origin.BY_PHONE).count()


def test_it_sends_a_letter_for_the_helper_whom_the_caller_names(at_hester: Client, call: Call, bram: Party) -> None:
    name_helper(at_hester, call, bram)
    asked = shown(at_hester.get(page("-what", call.id)))
    assert "Dit nummer is van Bram Bakker . Vraag: is dat uw helper?" in asked
    check = shown(at_hester.post(page("-what", call.id), FILLED))
    for sentence in (
        "U krijgt een brief met een code voor Bram Bakker.",
        "Dat mag 1 jaar, vanaf de dag dat uw helper de code gebruikt.",
        "Dit mag uw helper niet: het rekeningnummer wijzigen",
        "uiterlijk op 30 november 2026",
    ):
        assert sentence in check
    assert by_phone() == 0
    answer = send(at_hester, call)
    mandate = Mandate.objects.get(origin=Origin.BY_PHONE)
    assert answer["Location"] == page("-sent", call.id, mandate.id)
    done = shown(at_hester.get(answer["Location"]))
    assert "De brief met de code is er uiterlijk op 30 november 2026" in done
    assert "Geef de code alleen aan Bram Bakker" in done
    assert "Wij vragen nooit naar deze code" in done


def test_it_sends_an_open_code_for_three_months_at_most(at_hester: Client, call: Call) -> None:
    assert at_hester.post(page("", call.id), {"nobody": "yes"})["Location"] == page("-what", call.id)
    asked = shown(at_hester.get(page("-what", call.id)))
    assert "3 maanden" in asked
    assert "1 jaar" not in asked
    check = shown(at_hester.post(page("-what", call.id), {**FILLED, "duration": "6-months"}))
    assert "Wie die code heeft, mag dit voor u doen:" in check
    assert "Dat mag 3 maanden" in check
    send(at_hester, call, duration="6-months")
    assert Mandate.objects.get().representative is None


def test_it_makes_one_letter_of_a_double_yes(at_hester: Client, call: Call, bram: Party) -> None:
    name_helper(at_hester, call, bram)
    assert send(at_hester, call)["Location"] == send(at_hester, call)["Location"]
    assert OutboxRow.objects.filter(kind=Kind.LETTER).count() == 1


def test_it_asks_again_when_another_helper_was_named_in_another_tab(
    at_hester: Client, call: Call, bram: Party, carla: Party
) -> None:
    name_helper(at_hester, call, bram)
    check = at_hester.post(page("-what", call.id), FILLED)
    name_helper(at_hester, call, carla)
    again = shown(at_hester.post(page("-what", call.id), {**FILLED, **SURE, **mark_on(check)}))
    assert "een code voor Carla Mulder" in again
    assert by_phone() == 0


def test_it_sends_nothing_without_the_check_page(at_hester: Client, call: Call, bram: Party) -> None:
    name_helper(at_hester, call, bram)
    assert "Lees dit voor" in shown(at_hester.post(page("-what", call.id), FILLED | SURE))
    assert by_phone() == 0


def test_it_begins_with_who_helps(at_hester: Client, call: Call) -> None:
    assert at_hester.post(page("-what", call.id), FILLED | SURE)["Location"] == page("", call.id)


@pytest.mark.parametrize("sure", [{}, SURE], ids=["before the check", "at once"])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"administered": "yes"}, "vraag het uw bewindvoerder of curator"),
        ({"prompted": "yes"}, "bel ons terug als u alleen bent"),
        ({"services": []}, "Kies ten minste één dienst"),
        ({"services": ["aow-en-pensioen"]}, "Kies een of meer van de antwoorden"),
        ({"services": ["verhuizing-doorgeven"]}, "Kies een of meer van de antwoorden"),
        ({"duration": "today"}, "Kies een van de antwoorden"),
        ({"duration": "5-years"}, "Kies een van de antwoorden"),
        ({"administered": ""}, "Kies een van de antwoorden"),
    ],
)
def test_it_says_at_the_question_why_nothing_is_sent(
    at_hester: Client,
    call: Call,
    bram: Party,
    changes: dict[str, object],
    sentence: str,
    sure: dict[str, str],
) -> None:
    name_helper(at_hester, call, bram)
    assert sentence in shown(at_hester.post(page("-what", call.id), {**FILLED, **changes, **sure}))
    assert by_phone() == 0


def test_it_says_which_services_no_letter_can_give(at_hester: Client, call: Call, bram: Party) -> None:
    name_helper(at_hester, call, bram)
    asked = shown(at_hester.get(page("-what", call.id)))
    assert "Een brief is niet veilig genoeg voor deze diensten." in asked
    assert asked.index("Niet per brief") < asked.index("AOW en pensioen") < asked.index("Verhuizing doorgeven")


def test_it_asks_about_a_move_that_the_register_shows(
    at_hester: Client, anna: Party, bram: Party, homes: Addresses
) -> None:
    assert anna.person.name.first == "Anna"
    homes.obstacles = frozenset({Obstacle.MOVED_RECENTLY})
    call = call_with_anna(at_hester)
    name_helper(at_hester, call, bram)
    assert "Staat uw nieuwe adres al bij de gemeente?".lower() in shown(at_hester.get(page("-what", call.id))).lower()
    assert "Kies een van de antwoorden" in shown(at_hester.post(page("-what", call.id), FILLED))
    assert "geef uw verhuizing eerst door" in shown(at_hester.post(page("-what", call.id), {**FILLED, "moved": "no"}))
    assert send(at_hester, call, moved="yes").status_code == 302


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [
        (Obstacle.ABROAD, "log in met DigiD, of bel de dienst zelf"),
        (Obstacle.POSTAL_ADDRESS, "De beller heeft een briefadres"),
        (Obstacle.UNDER_INVESTIGATION, "De gemeente onderzoekt"),
        (Obstacle.GUARDIANSHIP, "uw curator regelt dit"),
        (Obstacle.UNDER_AGE, "uw ouder of voogd"),
        (Obstacle.NO_KNOWN_ADDRESS, "bel eerst uw gemeente"),
    ],
)
def test_it_says_beforehand_where_to_go_when_no_letter_can(
    at_hester: Client, anna: Party, bram: Party, homes: Addresses, obstacle: Obstacle, sentence: str
) -> None:
    assert anna.person.name.first == "Anna"
    homes.obstacles = frozenset({obstacle})
    call = call_with_anna(at_hester)
    assert "Brief met een code sturen" not in shown(at_hester.get(reverse("pages:caller", args=[call.id])))
    for answer in (
        at_hester.get(page("", call.id)),
        name_helper(at_hester, call, bram),
        at_hester.get(page("-what", call.id)),
        at_hester.post(page("-what", call.id), FILLED | SURE),
    ):
        assert sentence in shown(answer)
    assert by_phone() == 0


@pytest.mark.parametrize(
    ("born", "sentence"), [("2010-01-01", "Deze helper is nog geen 18 jaar"), (None, "Dit nummer is van")]
)
def test_it_names_no_helper_under_18(
    at_hester: Client, call: Call, bram: Party, born: str | None, sentence: str
) -> None:
    told(bram, born=born)
    number = {"number": helper_number_of(party=bram, now=NOW)}
    assert sentence in shown(at_hester.post(page("", call.id), number, follow=True))


def test_it_says_so_when_nobody_has_the_number_or_the_caller_has(
    at_hester: Client, call: Call, anna: Party, bram: Party
) -> None:
    old = helper_number_of(party=bram, now=NOW)
    reset_helper_number(party=bram, now=NOW)
    assert "Niemand heeft dit nummer" in shown(at_hester.post(page("", call.id), {"number": old}))
    assert "het nummer van de beller zelf" in shown(name_helper(at_hester, call, anna))
    assert "Vul het helpernummer in, of kies" in shown(at_hester.post(page("", call.id), {}))


def test_it_says_what_is_replaced_and_who_else_helps(
    at_hester: Client, call: Call, anna: Party, bram: Party, carla: Party
) -> None:
    for helper in (bram, carla):
        active(anna, helper, what=terms("mijn-toeslagen"))
    name_helper(at_hester, call, bram)
    check = shown(at_hester.post(page("-what", call.id), FILLED))
    assert "Het komt in de plaats van wat u eerder met deze helper hebt geregeld: Mijn toeslagen" in check
    assert "Carla Mulder blijft u hier ook mee helpen." in check


def test_it_takes_a_hostile_name_for_a_name(at_hester: Client, call: Call, bram: Party) -> None:
    told(bram, name=PersonName(HOSTILE, "", "%(name)s {{ x }}"))
    name_helper(at_hester, call, bram)
    answers = [at_hester.get(page("-what", call.id)), at_hester.post(page("-what", call.id), FILLED)]
    answers.append(at_hester.get(send(at_hester, call)["Location"]))
    for answer in answers:
        assert HOSTILE not in answer.content.decode()
        assert "%(name)s {{ x }}" in shown(answer)


def test_it_shows_no_bsn_birth_date_number_or_address(at_hester: Client, call: Call, bram: Party) -> None:
    name_helper(at_hester, call, bram)
    number = helper_number_of(party=bram, now=NOW)
    for answer in (at_hester.get(page("-what", call.id)), at_hester.post(page("-what", call.id), FILLED)):
        body = answer.content.decode()
        assert not [secret for secret in (THREE["bsn"], "3511", "Lindenhof", "1980-", number) if secret in body]
        assert "Bram" not in body.split("</title>")[0]


def test_it_tells_the_client_what_the_helpdesk_did(at_hester: Client, call: Call, anna: Party, bram: Party) -> None:
    name_helper(at_hester, call, bram)
    send(at_hester, call)
    mandate = Mandate.objects.get()
    history = shown(arrive(anna).get(reverse("pages:mandate", args=[mandate.id])))
    assert "U belde, en de helpdesk heeft u een brief met een code gestuurd." in history


def test_it_costs_the_same_however_much_the_caller_has(
    at_hester: Client, call: Call, anna: Party, bram: Party, carla: Party
) -> None:
    name_helper(at_hester, call, bram)
    few = statements(lambda: at_hester.post(page("-what", call.id), FILLED))
    for helper in (bram, carla):
        active(anna, helper, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    assert statements(lambda: at_hester.post(page("-what", call.id), FILLED)) == few
    assert few <= 10
