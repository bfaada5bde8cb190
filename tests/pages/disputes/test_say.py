"""Dit klopt niet, at a line: choices that fit it, a page to check, what happens next, and taking it back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from namens.helpdesk import disputes
from namens.helpdesk.models import Answer, Dispute, DisputeKind
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.lib.limits import Limit
from namens.mandates.actions import stop
from namens.mandates.cases import case_in_words
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.outbox.models import OutboxRow
from namens.parties.facts import PersonName
from namens.parties.models import Party
from namens.services.models import Portal
from tests.counting import statements
from tests.faults import Kind, all_or_nothing
from tests.helpdesk.disputing import acted, looked_up, opened, says, used
from tests.pages.visiting import arrive, send, shown, source, title
from tests.people import NOW, active, load_catalogue, of, person, portal, told
from tests.post.mailing import with_address
from tests.staff import make_agent

HOSTILE = "<script>alert(1)</script>"
Dirk = Callable[[], Client]
DIRKS: dict[str, Dirk] = {
    "nobody": Client,
    "dirk": lambda: arrive(person("dirk")),
    "the helper": lambda: arrive(person("bram")),
}


@pytest.fixture
def mandate(anna: Party, bram: Party, toeslagen: Portal) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Bram helps Anna."""
    return active(anna, bram)


@pytest.fixture
def line(mandate: Mandate, toeslagen: Portal) -> JournalEntry:
    """Bram logged in for Anna."""
    return used(mandate, toeslagen)


@pytest.fixture
def act(mandate: Mandate, toeslagen: Portal) -> JournalEntry:
    """A portal reported what Bram did for Anna."""
    return acted(mandate, toeslagen)


def at(name: str, line: JournalEntry, *more: str) -> str:
    return reverse(f"pages:{name}", args=[line.id, *more])


def test_it_asks_what_is_not_right_with_the_line(at_anna: Client, line: JournalEntry) -> None:
    page = at_anna.get(at("dispute", line))
    said = shown(page)
    assert title(page).startswith("Dit klopt niet")
    assert "23 november 2026" in said
    assert "Bram Bakker heeft voor u ingelogd bij Mijn toeslagen portaal." in said
    for choice in (
        "Ik ken deze persoon niet, of ik wil deze hulp niet",
        "Dit is niet gedaan",
        "Dit is gedaan, maar ik wilde dit niet",
        "Er staat iets verkeerd",
    ):
        assert choice in said
    assert "Ik heb niet gebeld" not in said
    assert "<textarea" not in page.content.decode()
    assert "checked" not in page.content.decode()


def test_it_asks_other_things_of_a_look_up(at_anna: Client, anna: Party) -> None:
    said = shown(at_anna.get(at("dispute", looked_up(anna, make_agent("Hester")))))
    assert "Ik heb niet gebeld" in said
    assert "Dit is niet gedaan" not in said
    assert "Ik ken deze persoon niet" not in said


def test_it_leads_to_the_report_that_stops_at_once(at_anna: Client, line: JournalEntry, mandate: Mandate) -> None:
    answer = send(at_anna, at("dispute", line), {"what": "stop"})
    assert answer["Location"] == reverse("pages:report-unwanted", args=[mandate.id])
    send(at_anna, answer["Location"])
    assert of(mandate).state == State.SUSPENDED
    assert not Dispute.objects.exists()


def test_it_offers_no_stop_of_what_has_stopped(
    at_anna: Client, anna: Party, line: JournalEntry, mandate: Mandate
) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert "Ik ken deze persoon niet" not in shown(at_anna.get(at("dispute", line)))
    assert "Kies een van de antwoorden" in shown(send(at_anna, at("dispute", line), {"what": "stop"}))


@pytest.mark.parametrize("what", ["", "did-not-call", "nonsense"])
def test_it_asks_again_for_an_answer_that_is_none(at_anna: Client, line: JournalEntry, what: str) -> None:
    page = send(at_anna, at("dispute", line), {"what": what})
    assert title(page).startswith("Fout:")
    assert not Dispute.objects.exists()


def test_it_checks_keeps_and_says_what_happens_next(at_anna: Client, anna: Party, act: JournalEntry) -> None:
    with_address(anna)
    check = send(at_anna, at("dispute", act), {"what": "unwanted"})["Location"]
    assert check == at("dispute-check", act, "unwanted")
    assert "Dit is gedaan, maar ik wilde dit niet" in shown(at_anna.get(check))
    assert not Dispute.objects.exists()
    done = send(at_anna, check)
    assert done["Location"] == at("disputed", act)
    page = at_anna.get(done["Location"])
    said = shown(page)
    number = case_in_words(Dispute.objects.get().case_number)
    for sentence in (
        "Wij kijken ernaar",
        "De helpdesk geeft uiterlijk 24 november 2026 antwoord.",
        "U krijgt een e-mail als er een antwoord is.",
        "Mijn toeslagen portaal hoort het ook, en kijkt ernaar.",
        f"Noem dan dit nummer: {number}.",
        "Het klopt: neem het terug",
    ):
        assert sentence in said
    assert "Bram" not in title(page)


def test_it_promises_no_e_mail_and_no_portal_where_there_is_none(
    at_anna: Client, anna: Party, line: JournalEntry
) -> None:
    says(anna, line)
    said = shown(at_anna.get(at("disputed", line)))
    assert "e-mail" not in said
    assert "hoort het ook" not in said


def test_it_is_once_in_two_tabs(at_anna: Client, line: JournalEntry) -> None:
    for kind in ("not-done", "not-done", "unwanted"):
        assert send(at_anna, at("dispute-check", line, kind))["Location"] == at("disputed", line)
    assert Dispute.objects.get().kind == DisputeKind.NOT_DONE
    for page in (at("dispute", line), at("dispute-check", line, "wrong")):
        assert at_anna.get(page)["Location"] == at("disputed", line)


def test_it_can_be_taken_back_and_said_again(at_anna: Client, anna: Party, line: JournalEntry) -> None:
    says(anna, line)
    assert at_anna.get(at("dispute-withdraw", line)).status_code == 302
    assert Dispute.objects.get().is_open
    assert "U nam het terug" in shown(at_anna.post(at("dispute-withdraw", line), follow=True))
    assert "U nam het terug" in shown(at_anna.post(at("dispute-withdraw", line), follow=True))
    assert at_anna.get(at("dispute", line)).status_code == 200


def test_it_shows_the_answer_and_takes_nothing_back_any_more(at_anna: Client, anna: Party, line: JournalEntry) -> None:
    disputes.answer(call=opened(make_agent("Karim"), says(anna, line)), outcome=Answer.PASSED_ON, now=NOW)
    said = shown(at_anna.post(at("dispute-withdraw", line), follow=True))
    assert "Onze privacyfunctionaris zoekt het verder uit." in said
    assert "neem het terug" not in said
    assert "Karim" not in said


def test_it_says_whom_to_call_after_too_many(
    at_anna: Client, anna: Party, line: JournalEntry, settings: Settings
) -> None:
    settings.DISPUTES = Limit(times=1, window=settings.DISPUTES.window)
    says(anna, looked_up(anna, make_agent("Hester")), DisputeKind.WRONG)
    page = send(at_anna, at("dispute-check", line, "not-done"))
    assert title(page).startswith("Fout:")
    assert "Bel de helpdesk" in shown(page)
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_does_not_exist_for_dirk_and_the_helper(anna: Party, line: JournalEntry, dirk: Dirk) -> None:
    said, rows = says(anna, line), OutboxRow.objects.count()
    browser = dirk()
    for page in (
        at("dispute", line),
        at("dispute-check", line, "not-done"),
        at("disputed", line),
        at("dispute-withdraw", line),
    ):
        for answer in (browser.get(page), browser.post(page, {"what": "not-done"})):
            assert answer.status_code in {302, 404, 405}
            assert "Bram" not in answer.content.decode()
            assert "klopt-niet" not in answer.headers.get("Location", "").partition("?")[0]
    said.refresh_from_db()
    assert said.is_open
    assert (Dispute.objects.count(), OutboxRow.objects.count()) == (1, rows)


def test_it_does_not_exist_without_a_line_or_a_choice(at_anna: Client, line: JournalEntry) -> None:
    for name in ("dispute", "disputed", "dispute-withdraw"):
        assert at_anna.get(reverse(f"pages:{name}", args=[new_id()])).status_code == 404
    assert at_anna.get(at("dispute-check", line, "did-not-call")).status_code == 404
    assert at_anna.get(at("disputed", line))["Location"] == at("dispute", line)


def test_it_escapes_every_name(at_anna: Client, bram: Party, act: JournalEntry) -> None:
    told(bram, name=PersonName(HOSTILE, "", HOSTILE))
    for page in (at("dispute", act), at("dispute-check", act, "wrong")):
        assert HOSTILE not in source(at_anna.get(page))


@pytest.mark.parametrize("name", ["dispute", "disputed"])
def test_it_costs_as_much_with_many_lines_as_with_one(
    at_anna: Client, anna: Party, line: JournalEntry, mandate: Mandate, toeslagen: Portal, name: str
) -> None:
    if name == "disputed":
        says(anna, line)
    before = statements(lambda: at_anna.get(at(name, line)))
    for number in range(10):
        other = used(mandate, toeslagen)
        # Five at most wait for an answer.
        if number < 4:
            says(anna, other)
    assert statements(lambda: at_anna.get(at(name, line))) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", Kind)
def test_it_is_kept_whole_or_not_at_all_when_the_database_goes_away(kind: Kind) -> None:
    load_catalogue()
    anna = person("anna")
    act = acted(active(anna, person("bram")), portal())
    browser = arrive(anna)
    browser.raise_request_exception = False
    answer = all_or_nothing(lambda: send(browser, at("dispute-check", act, "not-done")), kind=kind)
    assert answer["Location"] == at("disputed", act)
    assert Dispute.objects.count() == 1
