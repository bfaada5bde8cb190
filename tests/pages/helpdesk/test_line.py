"""A line of which a client says that it is not right, at the helpdesk: by number, by another agent, answered once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.helpdesk.models import Call, Caller, Dispute, DisputeKind
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.cases import case_in_words
from namens.mandates.models import Mandate
from namens.pages.paging import ON_A_PAGE
from namens.parties.models import Party
from namens.services.models import Portal
from namens.signin.models import Staff
from tests.counting import statements
from tests.helpdesk.disputing import acted, looked_up, says, used
from tests.pages.helpdesk.phoning import THREE, call_with_anna
from tests.pages.helpdesk.test_refuse import DIRKS, OUTSIDE, is_refused
from tests.pages.visiting import arrive, shown
from tests.people import NOW
from tests.staff import log_in_agent, make_agent

FIND = "pages:case-find"


@pytest.fixture
def act(mandate: Mandate, anna: Party, toeslagen: Portal) -> JournalEntry:
    """What a portal reported, and Anna says is not right."""
    entry = acted(mandate, toeslagen, reference="ZK-2026-7")
    says(anna, entry)
    return entry


@pytest.fixture
def number(act: JournalEntry) -> str:
    """The case number of it."""
    return case_in_words(Dispute.objects.get(entry=act.id).case_number)


@pytest.fixture
def page(at_karim: Client, number: str) -> str:
    """The address of the line as Karim opens it."""
    at_karim.post(reverse(FIND), {"number": number})
    return reverse("pages:line-case", args=[Call.objects.get(caller=Caller.LINE).id])


def test_it_lists_numbers_and_days_and_nobody(at_karim: Client, number: str) -> None:
    said = shown(at_karim.get(reverse(FIND)))
    assert number in said
    assert "23 november 2026" in said
    assert "24 november 2026" in said
    assert not [name for name in ("Anna", "Vries", "Bram", "Bakker", "toeslagen", "ZK-2026-7") if name in said]


def test_it_marks_what_is_late(at_karim: Client, number: str) -> None:
    assert number
    assert "Te laat" not in shown(at_karim.get(reverse(FIND)))
    with clock.frozen(NOW + timedelta(days=2)):
        assert "Te laat" in shown(log_in_agent(make_agent("Late")).get(reverse(FIND)))


def test_it_shows_what_the_client_reads_and_says(at_karim: Client, number: str) -> None:
    said = shown(at_karim.post(reverse(FIND), {"number": number.lower()}, follow=True))
    for sentence in (
        "Bram Bakker heeft dit voor u gedaan bij Mijn toeslagen portaal: Een wijziging doorgegeven.",
        "“Dit is niet gedaan.”",
        "De cliënt heeft uiterlijk 24 november 2026 antwoord.",
        "ZK-2026-7",
        "Het portaal heeft het verbeterd",
    ):
        assert sentence in said
    assert "De machtiging is gestopt" not in said
    assert not [secret for secret in (THREE["bsn"], "3511", "1980", "Vries") if secret in said]


def test_it_keeps_the_answer_and_the_client_reads_it(
    at_karim: Client, page: str, act: JournalEntry, anna: Party
) -> None:
    done = shown(at_karim.post(page, {"answer": "corrected"}, follow=True))
    assert "Uw antwoord is vastgelegd" in done
    said = shown(arrive(anna).get(reverse("pages:disputed", args=[act.id])))
    assert "Het portaal heeft het verbeterd." in said
    assert "Een medewerker bekeek een regel die volgens u niet klopt." in shown(arrive(anna).get(reverse("pages:desk")))
    assert at_karim.get(page).status_code == 410
    assert "Er wacht niets op antwoord." in shown(at_karim.get(reverse(FIND)))


@pytest.mark.parametrize("answer", ["", "stopped", "nonsense"])
def test_it_asks_again_for_an_answer_that_does_not_fit(at_karim: Client, page: str, answer: str) -> None:
    assert "Kies een van de antwoorden" in shown(at_karim.post(page, {"answer": answer}))
    assert Dispute.objects.get().is_open


def test_it_says_so_when_it_was_taken_back_meanwhile(
    at_karim: Client, page: str, act: JournalEntry, anna: Party
) -> None:
    arrive(anna).post(reverse("pages:dispute-withdraw", args=[act.id]))
    for answer in (at_karim.get(page), at_karim.post(page, {"answer": "right"})):
        assert "Hier wacht niets meer" in shown(answer)
        assert "Bram" not in shown(answer)


def test_it_is_not_for_the_agent_who_looked_the_client_up(at_hester: Client, at_karim: Client, anna: Party) -> None:
    hester = Staff.objects.get(name="Hester")
    said = says(anna, looked_up(anna, hester), DisputeKind.DID_NOT_CALL)
    typed = {"number": case_in_words(said.case_number)}
    assert "Een collega moet antwoord geven." in shown(at_hester.post(reverse(FIND), typed))
    assert not Call.objects.filter(caller=Caller.LINE).exists()
    assert "“Ik heb niet gebeld.”" in shown(at_karim.post(reverse(FIND), typed, follow=True))


def test_it_stands_at_the_caller_who_said_it(at_hester: Client, number: str, anna: Party) -> None:
    call = call_with_anna(at_hester)
    assert call.party_id == anna.id
    assert number in shown(at_hester.get(reverse("pages:caller", args=[call.id])))


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_is_for_this_agent_only(page: str, dirk: Callable[[], Client]) -> None:
    browser = dirk()
    for answer in (browser.get(page), browser.post(page, {"answer": "right"})):
        assert is_refused(answer.status_code)
        assert "Bram" not in answer.content.decode()
    assert Dispute.objects.get().is_open


@pytest.mark.parametrize("dirk", OUTSIDE.values(), ids=OUTSIDE)
def test_it_shows_the_list_to_agents_only(number: str, dirk: Callable[[], Client]) -> None:
    answer = dirk().get(reverse(FIND))
    assert is_refused(answer.status_code)
    assert number not in answer.content.decode()


def test_it_costs_as_much_with_many_that_wait_as_with_one(
    at_karim: Client, number: str, mandate: Mandate, toeslagen: Portal, anna: Party
) -> None:
    assert number
    before = statements(lambda: at_karim.get(reverse(FIND)))
    for _ in range(4):
        says(anna, used(mandate, toeslagen))
    assert statements(lambda: at_karim.get(reverse(FIND))) == before


def test_it_comes_in_pages_however_many_wait(
    at_karim: Client, number: str, mandate: Mandate, toeslagen: Portal
) -> None:
    assert number
    many = [
        Dispute(
            entry=used(mandate, toeslagen).id,
            party_id=mandate.representee_id,
            kind=DisputeKind.WRONG,
            case_number=f"{100000 + count}",
            opened_at=NOW + timedelta(minutes=1 + count),
        )
        for count in range(60)
    ]
    Dispute.objects.bulk_create(many)
    pages = [shown(at_karim.get(f"{reverse(FIND)}?page={page}")) for page in (1, 2, 3)]
    for place, one in enumerate(many, start=1):
        assert case_in_words(one.case_number) in pages[place // ON_A_PAGE]
    assert ["Nieuwer" in said for said in pages] == [True, True, False]
    assert ["Ouder" in said for said in pages] == [False, True, True]


def test_it_lets_a_client_disagree_and_somebody_else_look_at_it(
    at_karim: Client, page: str, act: JournalEntry, anna: Party
) -> None:
    at_karim.post(page, {"answer": "right"})
    browser = arrive(anna)
    answered = JournalEntry.objects.get(event=Event.DISPUTE_ANSWERED)
    address = reverse("pages:dispute", args=[answered.id])
    assert address in browser.get(reverse("pages:disputed", args=[act.id])).content.decode()
    assert "Ik ben het niet eens met het antwoord" in shown(browser.get(address))
    browser.post(reverse("pages:dispute-check", args=[answered.id, DisputeKind.DISAGREED]))
    again = case_in_words(Dispute.objects.get(entry=answered.id).case_number)
    at_karim.post(reverse(FIND), {"number": again})
    assert not Call.objects.filter(dispute__entry=answered.id).exists()
    said = shown(log_in_agent(make_agent("Lena")).post(reverse(FIND), {"number": again}, follow=True))
    for sentence in (
        "“Ik ben het niet eens met het antwoord.”",
        "Bram Bakker heeft dit voor u gedaan bij Mijn toeslagen portaal: Een wijziging doorgegeven.",
        "“Dit is niet gedaan.”",
        "“Wij hebben ernaar gekeken. Wat er staat, klopt.”",
        "ZK-2026-7",
        "Het portaal heeft het verbeterd",
    ):
        assert sentence in said
