"""A colleague's case: found by number only, and open to one other agent only."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.helpdesk import reports
from namens.helpdesk.models import Call, Caller
from namens.lib import clock, friendly
from namens.mandates.cases import case_in_words
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.states import State
from namens.parties.facts import PersonName
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.helpdesk.phoning import THREE, call_with_anna
from tests.pages.helpdesk.test_refuse import DIRKS, OUTSIDE, is_refused
from tests.pages.visiting import arrive, shown
from tests.people import NOW, of, told

FIND = "pages:case-find"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def number(at_hester: Client, mandate: Mandate) -> str:
    """Anna called twice: it was wrong, and it may go on. Hester has the case number."""
    call = call_with_anna(at_hester)
    reports.report(call=call, mandate=mandate.id, kind=ReportKind.UNWANTED, now=NOW)
    return case_in_words(reports.propose(call=call, mandate=mandate.id, now=NOW))


@pytest.fixture
def case(at_karim: Client, number: str) -> Call:
    """The case as Karim opens it."""
    at_karim.post(reverse(FIND), {"number": number})
    return Call.objects.get(caller=Caller.COLLEAGUE)


def answer_page(answer: str, case: Call) -> str:
    """Give the address of an answer."""
    return reverse(f"pages:case-{answer}", args=[case.id])


def test_it_shows_what_was_reported_and_who_proposes_what(at_karim: Client, number: str) -> None:
    said = shown(at_karim.post(reverse(FIND), {"number": number.lower()}, follow=True))
    for sentence in (
        "Anna de Vries machtigde Bram Bakker :",
        "Mijn toeslagen: tot en met 22 november 2027",
        "23 november 2026, aan de telefoon: “Dit wilde ik niet.”",
        "Hester sprak met de cliënt.",
    ):
        assert sentence in said
    assert not [secret for secret in (THREE["bsn"], "3511", "1980") if secret in said]


def test_it_lets_the_mandate_go_on(at_karim: Client, case: Call, mandate: Mandate, anna: Party) -> None:
    done = shown(at_karim.post(answer_page("agree", case), follow=True))
    assert "De machtiging gaat vanaf nu weer door." in done
    assert of(mandate).state == State.ACTIVE
    history = shown(arrive(anna).get(reverse("pages:mandate", args=[mandate.id])))
    assert "Een tweede helpdeskmedewerker was het eens" in history
    assert "Een tweede helpdeskmedewerker bekeek uw melding." in history
    assert at_karim.get(reverse("pages:case", args=[case.id])).status_code == 410


def test_it_leaves_the_mandate_paused(at_karim: Client, case: Call, mandate: Mandate, anna: Party) -> None:
    done = shown(at_karim.post(answer_page("refuse", case), follow=True))
    assert "De machtiging blijft stilgezet." in done
    assert of(mandate).state == State.SUSPENDED
    history = shown(arrive(anna).get(reverse("pages:mandate", args=[mandate.id])))
    assert "Een tweede helpdeskmedewerker was het niet eens" in history


def test_it_refuses_the_agent_who_proposed_it_in_words(at_hester: Client, number: str, mandate: Mandate) -> None:
    said = shown(at_hester.post(reverse(FIND), {"number": number}))
    assert "U stelde dit zelf voor. Daarom moet een collega het eens zijn." in said
    assert "Anna" not in said
    assert of(mandate).state == State.SUSPENDED


def test_it_says_so_when_somebody_answered_first(at_karim: Client, case: Call, mandate: Mandate) -> None:
    other = Call.objects.create(
        staff=case.staff,
        party=case.party,
        caller=Caller.COLLEAGUE,
        mandates=case.mandates,
        began_at=NOW,
        ends_at=case.ends_at,
    )
    at_karim.post(answer_page("refuse", case))
    said = shown(at_karim.post(answer_page("agree", other)))
    assert "Er is geen voorstel meer" in said
    assert "Anna" not in said
    assert of(mandate).state == State.SUSPENDED


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul het zaaknummer in"),
        ("ZAAK", "Een zaaknummer ziet eruit als"),
        ("346-789", "Een zaaknummer ziet eruit als"),
        ("X" * 300, "Vul hoogstens 200 tekens in"),
    ],
)
def test_it_counts_no_number_that_cannot_be_one(at_karim: Client, number: str, typed: str, sentence: str) -> None:
    for _ in range(4):
        assert sentence in shown(at_karim.post(reverse(FIND), {"number": typed}))
    assert at_karim.post(reverse(FIND), {"number": number}).status_code == 302


def test_it_gives_one_answer_to_every_wrong_number_and_pauses_after_three(at_karim: Client, mandate: Mandate) -> None:
    assert mandate.state == State.ACTIVE
    for _ in range(3):
        said = at_karim.post(reverse(FIND), {"number": "ZAAK-" + sound()})
        assert "Er wacht geen zaak met dit nummer op u." in shown(said)
        assert said.status_code == 200
    assert at_karim.post(reverse(FIND), {"number": sound()}).status_code == 429


def sound() -> str:
    """Give a sound number; that a case has it is as good as impossible."""
    return friendly.generate(6)


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_shows_dirk_no_case_and_takes_no_answer(case: Call, mandate: Mandate, dirk: Callable[[], Client]) -> None:
    browser = dirk()
    answers = [
        browser.get(reverse("pages:case", args=[case.id])),
        browser.post(answer_page("agree", case)),
        browser.post(answer_page("refuse", case)),
    ]
    assert [is_refused(answer.status_code) for answer in answers] == [True] * 3
    assert of(mandate).state == State.SUSPENDED
    assert Call.objects.get(id=case.id).ends_at == case.ends_at


@pytest.mark.parametrize("dirk", OUTSIDE.values(), ids=OUTSIDE)
def test_it_lets_dirk_look_no_case_up(number: str, dirk: Callable[[], Client]) -> None:
    browser = dirk()
    for name in (FIND, "pages:case-agreed", "pages:case-refused"):
        assert is_refused(browser.get(reverse(name)).status_code)
    assert is_refused(browser.post(reverse(FIND), {"number": number}).status_code)
    assert not Call.objects.filter(caller=Caller.COLLEAGUE).exists()


def test_it_opens_no_page_of_a_call_with_a_case(at_karim: Client, case: Call, mandate: Mandate) -> None:
    for name in ("caller", "caller-letter", "caller-overview", "helper-call"):
        assert at_karim.get(reverse(f"pages:{name}", args=[case.id])).status_code == 404
    for name in ("caller-mandate", "caller-stop", "caller-report", "caller-restore", "helper-call-stop"):
        assert at_karim.post(reverse(f"pages:{name}", args=[case.id, mandate.id])).status_code in {404, 405}


def test_it_closes_by_itself_after_half_an_hour(at_karim: Client, case: Call, mandate: Mandate) -> None:
    with clock.frozen(NOW + timedelta(minutes=14)):
        assert at_karim.get(reverse("pages:case", args=[case.id])).status_code == 200
    with clock.frozen(NOW + timedelta(minutes=28)):
        assert at_karim.get(reverse("pages:case", args=[case.id])).status_code == 200
    with clock.frozen(NOW + timedelta(minutes=30)):
        assert at_karim.get(reverse("pages:case", args=[case.id])).status_code == 410
        assert at_karim.post(answer_page("agree", case)).status_code == 410
    assert of(mandate).state == State.SUSPENDED


def test_it_takes_hostile_names_for_names(at_karim: Client, case: Call, anna: Party, bram: Party) -> None:
    for party in (anna, bram):
        told(party, name=PersonName(HOSTILE, "", "%(x)s"))
    answer = at_karim.get(reverse("pages:case", args=[case.id]))
    assert HOSTILE not in answer.content.decode()
    assert shown(answer).count("%(x)s") >= 2


def test_it_puts_no_name_or_number_in_title_or_address_and_keeps_nothing(
    at_karim: Client, case: Call, number: str
) -> None:
    answer = at_karim.get(reverse("pages:case", args=[case.id]))
    head = answer.content.decode().split("</title>")[0]
    assert "Anna" not in head
    assert number not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_it_costs_few_statements(at_karim: Client, case: Call) -> None:
    assert statements(lambda: at_karim.get(reverse("pages:case", args=[case.id]))) <= 8
