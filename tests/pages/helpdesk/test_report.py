"""Dit klopt niet, by telephone; and weer laten doorgaan, up to the case number."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.helpdesk.models import Call
from namens.mandates.models import Mandate, Report
from namens.mandates.states import EndReason, State
from namens.parties.facts import PersonName
from namens.parties.models import Party
from tests.asking import requested
from tests.pages.helpdesk.phoning import call_with_anna
from tests.pages.visiting import Answered, arrive, shown
from tests.people import give, of, told

SURE = {"sure": "yes"}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def call(at_hester: Client, mandate: Mandate) -> Call:
    """Anna calls, and Hester found her."""
    call = call_with_anna(at_hester)
    assert call.party_id == mandate.representee_id
    return call


def page(name: str, *ids: object) -> str:
    """Give an address of the call."""
    return reverse(f"pages:caller-{name}", args=ids)


def report(browser: Client, call: Call, mandate: Mandate, kind: str = "unwanted") -> Answered:
    """Report, with the yes."""
    return browser.post(page("report", call.id, mandate.id), {"kind": kind, **SURE}, follow=True)


@pytest.mark.parametrize("kind", ["unwanted", "unknown-person"])
def test_it_pauses_after_a_check_that_is_read_out(at_hester: Client, call: Call, mandate: Mandate, kind: str) -> None:
    assert "Dit klopt niet" in shown(at_hester.get(page("mandate", call.id, mandate.id)))
    address = page("report", call.id, mandate.id)
    check = shown(at_hester.post(address, {"kind": kind}))
    assert "Vanaf nu kan Bram Bakker niets meer voor u doen." in check
    assert of(mandate).state == State.ACTIVE
    assert "Bram Bakker kan nu niets voor u doen." in shown(report(at_hester, call, mandate, kind))
    assert of(mandate).state == State.SUSPENDED


def test_it_keeps_a_mandate_whose_name_is_spelt_wrong(at_hester: Client, call: Call, mandate: Mandate) -> None:
    check = shown(at_hester.post(page("report", call.id, mandate.id), {"kind": "spelling"}))
    assert "Bram Bakker blijft u helpen" in check
    assert "vragen het bevolkingsregister" in shown(report(at_hester, call, mandate, "spelling"))
    assert of(mandate).state == State.ACTIVE


def test_it_says_no_to_what_only_waits(at_hester: Client, call: Call, anna: Party, carla: Party) -> None:
    waiting = requested(anna, carla)
    address = page("report", call.id, waiting.id)
    assert "verkeerd geschreven" not in shown(at_hester.get(address))
    assert "Kies een van de antwoorden" in shown(at_hester.post(address, {"kind": "spelling", **SURE}))
    assert "de aanvraag stopt nu" in shown(at_hester.post(address, {"kind": "unknown-person"}))
    assert "Carla Mulder hoort niet waarom" in shown(report(at_hester, call, waiting, "unknown-person"))
    assert of(waiting).end_reason == EndReason.DECLINED
    assert "Carla Mulder hoort niet waarom" in shown(report(at_hester, call, waiting, "unknown-person"))
    history = shown(arrive(anna).get(reverse("pages:mandate", args=[waiting.id])))
    assert "U belde, en de helpdesk heeft voor u nee gezegd." in history


def test_it_takes_no_report_about_what_was_given_and_waits(
    at_hester: Client, call: Call, anna: Party, carla: Party
) -> None:
    given = give(anna, carla).mandate
    assert "Dit klopt niet" not in shown(at_hester.get(page("mandate", call.id, given.id)))
    assert at_hester.get(page("report", call.id, given.id)).status_code == 404
    report(at_hester, call, given)
    assert not Report.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"kind": ""}, {"kind": "other"}])
def test_it_takes_no_report_without_an_answer(
    at_hester: Client, call: Call, mandate: Mandate, typed: dict[str, str]
) -> None:
    assert "Kies een van de antwoorden" in shown(at_hester.post(page("report", call.id, mandate.id), typed | SURE))
    assert not Report.objects.exists()


def test_it_proposes_to_let_it_go_on_and_gives_a_number_for_a_colleague(
    at_hester: Client, call: Call, mandate: Mandate
) -> None:
    report(at_hester, call, mandate)
    assert "Weer laten doorgaan" in shown(at_hester.get(page("mandate", call.id, mandate.id)))
    address = page("restore", call.id, mandate.id)
    assert "Een collega kijkt ook mee." in shown(at_hester.get(address))
    pages = [shown(at_hester.post(address, follow=True)) for _ in range(2)]
    case = Report.objects.get()
    assert case.first_agent == call.staff_id
    for said in pages:
        assert f"ZAAK-{case.case_number[:3]}-{case.case_number[3:]}" in said
    assert of(mandate).state == State.SUSPENDED


def test_it_shows_a_case_number_only_where_something_is_proposed(
    at_hester: Client, call: Call, mandate: Mandate
) -> None:
    to_mandate = page("mandate", call.id, mandate.id)
    assert at_hester.get(page("proposed", call.id, mandate.id))["Location"] == to_mandate
    assert at_hester.get(page("restore", call.id, mandate.id)).status_code == 404
    assert "Er is niets veranderd" in shown(at_hester.post(page("restore", call.id, mandate.id)))
    report(at_hester, call, mandate)
    assert at_hester.get(page("proposed", call.id, mandate.id))["Location"] == to_mandate


def test_it_does_nothing_about_a_mandate_of_somebody_else(
    at_hester: Client, call: Call, carla: Party, bram: Party
) -> None:
    other = give(carla, bram).mandate
    assert call.party_id != carla.id
    for name in ("report", "reported", "restore", "proposed", "letter-again", "letter-sent"):
        assert at_hester.get(page(name, call.id, other.id)).status_code == 404
        assert at_hester.post(page(name, call.id, other.id), {"kind": "unwanted", **SURE}).status_code in {404, 405}
    assert not Report.objects.exists()


def test_it_takes_a_hostile_name_for_a_name(at_hester: Client, call: Call, mandate: Mandate, bram: Party) -> None:
    told(bram, name=PersonName(HOSTILE, "", "%(x)s"))
    answers: list[Answered] = [at_hester.post(page("report", call.id, mandate.id), {"kind": "unwanted"})]
    answers.append(report(at_hester, call, mandate))
    answers.append(at_hester.get(page("restore", call.id, mandate.id)))
    for answer in answers:
        assert HOSTILE not in answer.content.decode()
        assert "%(x)s" in shown(answer)


def test_it_tells_the_client_what_happened_and_the_helper_nothing(
    at_hester: Client, call: Call, mandate: Mandate, anna: Party, bram: Party
) -> None:
    report(at_hester, call, mandate)
    at_hester.post(page("restore", call.id, mandate.id))
    to_client = shown(arrive(anna).get(reverse("pages:mandate", args=[mandate.id])))
    for sentence in (
        "U belde, en zei dat er iets niet klopt.",
        "U belde, en de helpdesk heeft deze machtiging stilgezet.",
        "U belde, en de helpdesk vroeg een collega om dit weer te laten doorgaan.",
    ):
        assert sentence in to_client
    to_helper = shown(arrive(bram).get(reverse("pages:mandate", args=[mandate.id])))
    assert "U belde" not in to_helper
    assert "collega" not in to_helper
