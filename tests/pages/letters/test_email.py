"""Giving an e-mail address, proving it, and wanting none any more."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from namens.lib import clock
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.post import addresses
from namens.post.plain import EmailCode, MailAddress
from namens.signin.models import Draft
from tests.counting import statements
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW, active
from tests.post.mailing import ADDRESS, code_for, mailed, with_address

LETTERS, PAGE, CODE, STOP = (
    "/mijn-brieven",
    "/mijn-brieven/e-mail",
    "/mijn-brieven/e-mail/code",
    "/mijn-brieven/e-mail/stoppen",
)
TAKEN = "Iemand anders gebruikt dit adres al bij Namens."
WRONG = "Deze code werkt niet."


@pytest.fixture(autouse=True)
def mailer(settings: Settings) -> None:
    settings.MAILER = "smtp"


def give(browser: Client, address: str = ADDRESS.text) -> EmailCode:
    """Give an address on the page, and read the code that goes there."""
    assert send(browser, PAGE, {"email": address})["Location"] == CODE
    mail = mailed()
    assert mail is not None
    assert mail.code is not None
    return mail.code


def test_it_offers_e_mail_as_something_extra(at_anna: Client) -> None:
    assert "E-mail U krijgt geen e-mail" in shown(at_anna.get(LETTERS))
    page = shown(at_anna.get(PAGE))
    assert "Dit hoeft niet." in page
    assert "Wij sturen nooit een link om in te loggen." in page
    assert "Geen e-mail meer" not in page


def test_it_takes_an_address_with_the_code_that_went_there(at_anna: Client) -> None:
    code = give(at_anna)
    assert "naar anna@example.nl" in shown(at_anna.get(CODE))
    assert send(at_anna, CODE, {"code": f" {code.reveal().lower()} "})["Location"] == LETTERS
    assert "E-mail anna@example.nl" in shown(at_anna.get(LETTERS))
    assert "Een brief over uw e-mailadres Wordt gemaakt" in shown(at_anna.get(LETTERS))
    assert "Wij sturen nu e-mail naar anna@example.nl." in shown(at_anna.get(PAGE))


def test_it_sends_none_any_more_when_asked(at_anna: Client, anna: Party) -> None:
    with_address(anna)
    at_anna.get(STOP)
    assert addresses.address_of(anna.id) == ADDRESS
    assert send(at_anna, STOP)["Location"] == LETTERS
    assert addresses.address_of(anna.id) is None


@pytest.mark.parametrize(
    "typed",
    ["anna", "anna@example.nl\nBcc: dirk@example.nl", "anna@example.nl,dirk@example.nl", "a" * 300 + "@example.nl"],
)
def test_it_says_what_an_address_looks_like(at_anna: Client, anna: Party, typed: str) -> None:
    page = send(at_anna, PAGE, {"email": typed})
    assert "Vul een e-mailadres in met gewone letters" in shown(page)
    assert title(page).startswith("Fout:")
    assert addresses.waiting_address_of(anna.id, now=NOW) is None


def test_it_asks_for_an_address(at_anna: Client) -> None:
    assert "Vul uw e-mailadres in" in shown(send(at_anna, PAGE, {"email": "  "}))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Vul de bevestigingscode in"),
        ("346789", "Er zit een typefout in de bevestigingscode."),
        ("34678", "Vul alle 6 tekens van de bevestigingscode in"),
        ("3467-8BCD-FGHJ", "Vul alle 6 tekens"),
        ("ABCDE1", "staat nooit in een bevestigingscode"),
        ("3" * 300, "Dit is te lang."),
    ],
)
def test_it_says_what_is_wrong_with_a_code_and_counts_no_try(
    at_anna: Client, anna: Party, typed: str, says: str
) -> None:
    code = give(at_anna)
    for _ in range(6):
        assert says in shown(send(at_anna, CODE, {"code": typed}))
    assert addresses.confirm(party=anna, code=code, now=NOW) == addresses.Confirmed()


def test_it_answers_the_same_to_every_code_that_does_not_work(at_anna: Client, anna: Party) -> None:
    code = give(at_anna)
    wrong = next(one for one in iter(EmailCode.generate, None) if one != code)
    answers = {shown(send(at_anna, CODE, {"code": wrong.symbols})) for _ in range(4)}
    assert len({answer.partition("Bevestigingscode")[2] for answer in answers}) == 1
    assert WRONG in answers.pop()
    send(at_anna, CODE, {"code": wrong.symbols})
    assert WRONG in shown(send(at_anna, CODE, {"code": code.symbols}))
    assert addresses.address_of(anna.id) is None


def test_it_leads_who_has_nothing_to_confirm_to_the_question(at_anna: Client) -> None:
    assert at_anna.get(CODE)["Location"] == PAGE


def test_it_says_that_it_was_too_often(at_anna: Client, anna: Party) -> None:
    for _ in range(5):
        code_for(anna)
    assert "U hebt te vaak een code gevraagd." in shown(send(at_anna, PAGE, {"email": ADDRESS.text}))


def test_it_shows_and_changes_nothing_of_anna_for_dirk(at_dirk: Client, anna: Party, dirk: Party) -> None:
    with_address(anna)
    waiting = MailAddress("anders@example.nl")
    code = code_for(anna, waiting)
    pages = [shown(at_dirk.get(page)) for page in (LETTERS, PAGE)]
    assert not any(address.text in page for address in (ADDRESS, waiting) for page in pages)
    assert WRONG in shown(send(at_dirk, CODE, {"code": code.symbols, "party": str(anna.id)}))
    send(at_dirk, STOP, {"party": str(anna.id), "email": ADDRESS.text})
    assert addresses.address_of(anna.id) == ADDRESS
    assert addresses.address_of(dirk.id) is None


def test_it_shows_dirk_the_same_pages_whoever_has_the_address(at_dirk: Client, anna: Party) -> None:
    with_address(anna)
    told = []
    for address in (ADDRESS.text, "vrij@example.nl"):
        asked = statements(lambda address=address: send(at_dirk, PAGE, {"email": address}))  # type: ignore[misc]  # bound now
        told.append((asked, shown(at_dirk.get(CODE)).replace(address, "…")))
    # The second takes the place of the first, as any second does.
    again = statements(lambda: send(at_dirk, PAGE, {"email": ADDRESS.text}))
    assert told[0][1] == told[1][1]
    assert again == told[1][0]


def test_it_says_that_it_is_taken_only_with_the_code(at_dirk: Client, anna: Party, dirk: Party) -> None:
    with_address(anna)
    code = give(at_dirk)
    assert TAKEN not in shown(at_dirk.get(CODE))
    assert TAKEN in shown(send(at_dirk, CODE, {"code": code.symbols}))
    assert addresses.address_of(dirk.id) is None


def test_it_keeps_no_address_and_no_code_of_who_was_logged_out(at_anna: Client) -> None:
    with clock.frozen(NOW + timedelta(hours=3)):
        for page, field in ((PAGE, {"email": ADDRESS.text}), (CODE, {"code": "346789"})):
            assert send(at_anna, page, field)["Location"].startswith("/signin/")
    assert not any(
        "anna@" in str(one) or "346789" in str(one) for one in Draft.objects.values_list("answers", flat=True)
    )


@pytest.mark.parametrize("page", [PAGE, CODE, STOP])
def test_it_does_not_exist_where_no_e_mail_is_sent(at_anna: Client, settings: Settings, page: str) -> None:
    settings.MAILER = "none"
    assert at_anna.get(page).status_code == 404
    assert send(at_anna, page, {"email": ADDRESS.text}).status_code == 404
    assert "e-mail" not in shown(at_anna.get(LETTERS))


@pytest.mark.parametrize("page", [PAGE, CODE, STOP])
def test_it_sends_a_stranger_to_the_login(page: str) -> None:
    assert Client().get(page)["Location"].startswith("/signin/")


def test_it_has_no_address_in_a_title_or_an_address_bar(at_anna: Client, anna: Party) -> None:
    with_address(anna)
    give(at_anna, "anders@example.nl")
    titles = [title(at_anna.get(page)) for page in (LETTERS, PAGE, CODE)]
    assert titles == ["Mijn brieven · Namens", "E-mail van Namens · Namens", "Uw bevestigingscode · Namens"]


def test_it_costs_one_statement_more_to_tell_the_client_of_a_stop(
    at_bram: Client, mandate: Mandate, settings: Settings, anna: Party, bram: Party
) -> None:
    told = statements(lambda: send(at_bram, f"/mijn-machtigingen/{mandate.id}/stoppen"))
    settings.MAILER = "none"
    other = active(anna, bram)
    silent = statements(lambda: send(at_bram, f"/mijn-machtigingen/{other.id}/stoppen"))
    assert told == silent + 1


def test_it_costs_so_many_statements(at_anna: Client, anna: Party) -> None:
    assert statements(lambda: at_anna.get(PAGE)) <= 4
    assert statements(lambda: send(at_anna, PAGE, {"email": ADDRESS.text})) <= 10
    fresh = arrive(anna)
    assert statements(lambda: fresh.get(CODE)) <= 4
    code = mailed()
    assert code is not None
    assert code.code is not None
    symbols = code.code.symbols
    assert statements(lambda: send(fresh, CODE, {"code": symbols})) <= 20
