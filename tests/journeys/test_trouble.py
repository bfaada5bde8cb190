"""DigiD or the population register is away: a sentence, a number to mention, and nothing that is half done."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys import mishap
from tests.journeys.beforehand import anna_had_bram
from tests.journeys.conftest import Sit
from tests.journeys.person import AT_PORTAL, Person
from tests.journeys.stories import (
    activates,
    answers_the_questions,
    gives,
    helper_number_of,
    shown_code,
    types_code,
)
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = [pytest.mark.journey, pytest.mark.slow]

AWAY = 503
YES = "Ja, Bram Bakker mag dit voor mij doen"
NO_DIGID = "Inloggen lukt nu niet. Probeer het over een paar minuten opnieuw."
NO_REGISTER = "We kunnen de basisregistratie personen niet bereiken. Er is niets veranderd."


@pytest.fixture(autouse=True)
def calm_after(practice: Practice) -> Iterator[None]:
    """Whatever happens, the trouble is over at the end."""
    yield
    mishap.play(practice)


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances."""
    return practice.portals[0]


def reports(person: Person, sentence: str, *, method: str = "GET", status: int = AWAY) -> None:
    """Read what is wrong, and the number that stands in the log."""
    answer = person.last_answer(method)
    assert answer.status == status
    person.sees(sentence, "0800 0123")
    expect(person.page.locator("main code")).to_have_text(str(answer.header_value("x-request-id")))


# Logging in


@pytest.mark.parametrize("mood", ["slow", "down"])
def test_it_says_so_when_digid_is_away_and_goes_on_when_it_is_back(dirk: Person, mood: str) -> None:
    dirk.eye.expected.add(AWAY)
    mishap.play(dirk.practice, digid=mood)
    dirk.logs_in()
    reports(dirk, NO_DIGID)
    dirk.does_not_see("Ingelogd als")
    mishap.play(dirk.practice)
    dirk.clicks("Probeer het opnieuw")
    dirk.chooses_oneself_at_digid()
    dirk.sees("Ingelogd als Dirk Smit")


def test_it_still_leads_to_the_portal_when_digid_is_back(dirk: Person, toeslagen: Portal) -> None:
    dirk.eye.expected.add(AWAY)
    mishap.play(dirk.practice, digid="down")
    dirk.opens(toeslagen.address)
    dirk.logs_in_at_portal()
    reports(dirk, NO_DIGID)
    mishap.play(dirk.practice)
    dirk.clicks("Probeer het opnieuw")
    dirk.comes_with_digid()
    dirk.chooses("Voor mijzelf")
    dirk.clicks("Inloggen bij Mijn toeslagen")
    dirk.sees("Uw toeslagen")


def test_it_takes_no_for_an_answer_at_digid(dirk: Person) -> None:
    dirk.opens("/machtigen")
    dirk.clicks("Annuleren")
    dirk.sees_heading("U bent niet ingelogd")
    dirk.sees("U hebt het inloggen afgebroken. Er is niets veranderd.")
    dirk.clicks("Probeer het opnieuw")
    dirk.chooses_oneself_at_digid()
    dirk.sees_heading("Wie gaat u helpen?")


def test_it_tells_the_portal_when_somebody_stops_at_digid(dirk: Person, toeslagen: Portal) -> None:
    dirk.opens(toeslagen.address)
    dirk.clicks(AT_PORTAL)
    dirk.clicks("Inloggen met DigiD")
    dirk.clicks("Annuleren", until=f"{toeslagen.address}/**")
    dirk.sees("U bent gestopt met inloggen. Er is niets veranderd.")


def test_it_knows_nobody_before_the_register_gave_a_name(sit: Sit) -> None:
    osman = sit("Osman Yılmaz", bsn="999990330")  # noqa: RUF001 - so he is called
    osman.eye.expected.add(AWAY)
    mishap.play(osman.practice, brp="down")
    osman.logs_in()
    reports(osman, "Daarom weten we uw naam nog niet.")
    osman.does_not_see("Ingelogd als")
    mishap.play(osman.practice)
    osman.clicks("Probeer het opnieuw")
    osman.chooses_oneself_at_digid()
    osman.sees("Ingelogd als Osman Yılmaz")  # noqa: RUF001 - as above


@pytest.mark.parametrize(
    ("name", "bsn", "sentence"),
    [
        ("Ursula Prins", mishap.UNKNOWN_BSN, "We kunnen u niet vinden in de basisregistratie personen."),
        ("Thomas Kok", "999990408", "We kunnen u niet vinden in de basisregistratie personen."),
        ("Hendrik van Dijk", "999990214", "Er klopt iets niet met uw gegevens in de basisregistratie personen."),
    ],
)
def test_it_sends_who_cannot_log_in_to_the_helpdesk(sit: Sit, name: str, bsn: str, sentence: str) -> None:
    somebody = sit(name, bsn=bsn)
    somebody.logs_in()
    reports(somebody, sentence, status=403)
    somebody.does_not_see("Ingelogd als")
    somebody.opens("/mijn-machtigingen")
    somebody.sees_heading("Inloggen bij Namens")


def test_it_lets_people_in_and_stop_while_the_register_is_away(anna: Person) -> None:
    anna_had_bram(anna.practice)
    mishap.play(anna.practice, brp="down")
    anna.logs_in()
    anna.clicks("Bram Bakker")
    anna.clicks("Stoppen")
    anna.chooses("Alles")
    anna.clicks("Ja, stop nu")
    anna.sees_heading("Het is gestopt")


# The yes of the client, the yes of the helper


def test_it_keeps_the_answers_when_the_register_is_away_at_the_yes(anna: Person, bram: Person) -> None:
    anna.eye.expected.add(AWAY)
    bram.logs_in()
    number = helper_number_of(bram)
    anna.logs_in()
    anna.opens("/machtigen")
    anna.fills("Helpernummer", number)
    anna.clicks("Volgende")
    anna.clicks("Ja, dit is mijn helper")
    answers_the_questions(anna)
    for mood in ("slow", "down"):
        mishap.play(anna.practice, brp=mood)
        anna.clicks(YES)
        reports(anna, NO_REGISTER, method="POST")
        anna.clicks("Probeer het opnieuw")
        anna.sees_heading("Controleer uw antwoorden")
        anna.sees("Bram Bakker", "Inkomstenbelasting", "Mijn toeslagen")
    overview = anna.opens_a_tab()
    overview.opens("/mijn-machtigingen")
    overview.sees("Niemand helpt u op dit moment.")
    mishap.play(anna.practice)
    anna.clicks(YES)
    activates(bram, code=shown_code(anna), client=anna)


def test_it_does_not_use_the_code_up_when_the_register_is_away(anna: Person, bram: Person) -> None:
    bram.eye.expected.add(AWAY)
    code = gives(anna, to=bram)
    types_code(bram, code=code, bsn=anna.bsn)
    for mood in ("slow", "down"):
        mishap.play(bram.practice, brp=mood)
        bram.clicks("Ja, ik help Anna de Vries")
        reports(bram, NO_REGISTER, method="POST")
        bram.clicks("Probeer het opnieuw")
        bram.sees_heading("U gaat Anna de Vries helpen")
    anna.opens("/mijn-machtigingen")
    anna.sees("Wacht op de code")
    mishap.play(bram.practice)
    bram.clicks("Ja, ik help Anna de Vries")
    bram.sees_heading("De machtiging is actief")


def test_it_gives_nothing_for_whom_the_register_does_not_know_any_more(sit: Sit) -> None:
    karin = sit("Karin de Boer", bsn="999990299")
    karin.logs_in()
    mishap.let_the_register_forget(karin.practice, bsn=karin.bsn)
    karin.opens("/machtigen/zonder-nummer")
    karin.clicks("Verder met een open code")
    answers_the_questions(karin, until="1 maand")
    karin.clicks("Ja, wie de code heeft mag dit voor mij doen")
    karin.sees_heading("Dit kan niet")
    reports(
        karin, "De basisregistratie personen geeft niet de gegevens die we nodig hebben.", method="POST", status=403
    )
    karin.opens("/mijn-machtigingen")
    karin.sees("Niemand helpt u op dit moment.")
