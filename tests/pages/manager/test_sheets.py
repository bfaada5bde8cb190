"""People as a file: in, with a page that says beforehand what happens, and out again."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from namens.organisations.models import Licence, Member, Sheet
from namens.outbox.models import Kind, OutboxRow
from namens.pages.uploads import MOST
from tests.counting import statements
from tests.organisations.filling_in import finish
from tests.organisations.managing import mia, second_manager, team
from tests.pages.manager.filling import path
from tests.pages.visiting import Answered, arrive, send, shown
from tests.people import NOW
from tests.working import licence, member, organisation

UPLOAD, EXPORT = "/organisatie/bestand", "/organisatie/bestand/mensen.csv"
HEADER = "voornaam;achternaam;e-mail;soort;team;diensten;eerste dag;laatste dag;team van de licentie\r\n"
WIM = "Wim;Visser;wim@example.nl;vrijwilliger;;Mijn toeslagen | Inkomstenbelasting;23-11-2026;1-3-2027;\r\n"


def choose(browser: Client, content: str | bytes, *, name: str = "mensen.csv") -> Answered:
    body = content.encode() if isinstance(content, str) else content
    return browser.post(UPLOAD, {"file": SimpleUploadedFile(name, body, content_type="text/csv")})


def preview(browser: Client, content: str | bytes) -> str:
    return shown(browser.get(choose(browser, content)["Location"]))


def sheet() -> Sheet:
    return Sheet.objects.get()


def address(rest: str = "") -> str:
    return f"{UPLOAD}/{sheet().id}{rest}"


def test_it_shows_what_each_line_will_do_and_does_it_after_the_yes(at_mia: Client, sam: Member) -> None:
    kept = f"Sam;Bakker;{sam.email};medewerker;;;;;\r\n"
    changed = f"Mia;de Jansen;{mia().email};medewerker;;;;;\r\n"
    wrong = "Vera;Smit;geen adres;vrijwilliger;;;;;\r\n"
    words = preview(at_mia, HEADER + WIM + kept + changed + wrong)
    assert "Nieuw: 1 Verandert: 1 Blijft: 1 Klopt niet: 1 Alle regels: 4" in words
    assert "2 Wim Visser wim@example.nl Nieuw Krijgt een uitnodiging. Krijgt een licentie van 23 november 2026" in words
    assert "Naam, soort of team verandert." in words
    assert "Vul een e-mailadres in" in words
    assert "Ja, voer 2 regels uit" in words
    assert not Member.objects.filter(given_name="Wim").exists()
    assert send(at_mia, address("/uitvoeren"))["Location"] == address()
    busy = at_mia.get(address())
    assert "Klaar: 0 van 2 regels." in shown(busy)
    assert busy["Refresh"] == "3"
    assert "Refresh" not in at_mia.get(address("?still=yes")).headers
    finish(sheet())
    done = at_mia.get(address())
    assert "Dit is er met uw bestand gebeurd" in shown(done)
    assert "Uitgenodigd" in shown(done)
    assert "Refresh" not in done.headers
    assert Licence.objects.get().last_day == date(2027, 3, 1)
    assert Member.objects.get(given_name="Mia").family_name == "de Jansen"


def test_it_reads_english_columns_in_another_order_and_says_which_it_does_not_use(at_mia: Client) -> None:
    words = preview(at_mia, "E-mail,Telefoon,Given name,Family name,Kind\nwim@example.nl,06,Wim,Visser,staff\n")
    assert "Nieuw: 1" in words
    assert "Deze kolommen gebruiken wij niet: Telefoon." in words


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("voornaam;achternaam\r\nWim;Visser\r\n", "Dit ontbreekt: e-mail."),
        ("Wim;Visser;wim@example.nl\r\n", "Dit ontbreekt: voornaam, achternaam, e-mail."),
        (HEADER, "alleen namen van kolommen"),
        ("", "Er staat niets in dit bestand"),
        (b"PK\x03\x04", "Dit is geen CSV-bestand"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Wij kunnen dit bestand niet lezen"),
        (HEADER + '"Wim;Visser', "aanhalingsteken"),
        (HEADER + WIM * 10_001, "meer dan 10.000 regels"),
        (b"a" * (MOST + 1), "Dit bestand is te groot"),
        (b"a" * (3 * MOST), "Dit bestand is te groot"),
    ],
)
def test_it_says_why_it_cannot_use_a_file(at_mia: Client, content: str | bytes, sentence: str) -> None:
    page = choose(at_mia, content)
    assert page.status_code == 200
    assert sentence in shown(page)
    assert not Sheet.objects.exists()


def test_it_asks_for_a_file(at_mia: Client) -> None:
    assert "Kies een bestand" in shown(send(at_mia, UPLOAD))
    assert "De naam van dit bestand is te lang" in shown(choose(at_mia, HEADER + WIM, name=f"{'x' * 210}.csv"))


def test_it_keeps_no_more_of_a_file_than_it_reads(at_mia: Client) -> None:
    response = at_mia.post(UPLOAD, {"file": BytesIO(b"a" * (2 * MOST))})
    assert "te groot" in shown(response)


def test_it_takes_formulas_as_names_and_gives_them_back_so_that_nothing_runs(at_mia: Client) -> None:
    nasty = "'=cmd|' /C calc'!A0"
    preview(at_mia, HEADER + f"{nasty};+31;wim@example.nl;vrijwilliger;;;;;\r\n")
    send(at_mia, address("/uitvoeren"))
    finish(sheet())
    wim = Member.objects.get(email="wim@example.nl")
    assert (wim.given_name, wim.family_name) == ("=cmd|' /C calc'!A0", "+31")
    exported = at_mia.get(EXPORT).content
    assert f"\r\n{nasty};'+31;".encode() in exported
    assert "Blijft: 2" in preview(at_mia, exported)


def test_it_gives_everybody_and_reads_them_back_without_a_change(at_mia: Client, sam: Member) -> None:
    north = team("Noord")
    licence(sam, "mijn-toeslagen", "inkomstenbelasting", team=north)
    licence(sam, "inkomstenbelasting")
    Member.objects.filter(party=sam.party_id).update(team=north, family_name='\'t Hart; "de" Zoë')
    response = at_mia.get(EXPORT)
    assert response["Content-Disposition"] == 'attachment; filename="namens-mensen-2026-11-23.csv"'
    assert response.content.startswith(b"\xef\xbb\xbfvoornaam;achternaam;e-mail;")
    words = preview(at_mia, response.content)
    assert "Nieuw: 0 Verandert: 0 Blijft: 3 Klopt niet: 0" in words
    assert "Er is niets uit te voeren" in words


def test_it_costs_the_same_however_many_there_are(at_mia: Client, sam: Member) -> None:
    licence(sam)
    few = statements(lambda: at_mia.get(EXPORT))
    for number in range(20):
        licence(member(organisation(), f"Naam{number}"))
    assert statements(lambda: at_mia.get(EXPORT)) == few
    people = "".join(f"Naam;Visser;n{number}@example.nl;staff;;;;;\r\n" for number in range(150))
    choose(at_mia, HEADER + people)
    assert statements(lambda: at_mia.get(address())) <= 12


def test_it_comes_in_pages_and_shows_one_kind_of_lines(at_mia: Client) -> None:
    people = "".join(f"Naam;Visser;n{number}@example.nl;staff;;;;;\r\n" for number in range(120))
    words = preview(at_mia, HEADER + people + "Fout;;x;;;;;;\r\n")
    assert "n99@example.nl" in words
    assert "n100@example.nl" not in words
    assert "n119@example.nl" in shown(at_mia.get(address("?page=2")))
    only = shown(at_mia.get(address("?show=wrong")))
    assert "Fout" in only
    assert "n1@example.nl" not in only
    assert "Zulke regels zijn er niet" in shown(at_mia.get(address("?show=unchanged")))


def test_it_throws_a_file_away(at_mia: Client) -> None:
    choose(at_mia, HEADER + WIM)
    assert send(at_mia, address("/weggooien"))["Location"] == path("people")
    assert not Sheet.objects.exists()


def test_it_does_nothing_for_anybody_else(at_mia: Client, at_sam: Client, at_dirk: Client, at_carla: Client) -> None:
    choose(at_mia, HEADER + WIM)
    for browser in (at_sam, at_dirk):
        for page in (UPLOAD, EXPORT, address()):
            assert browser.get(page)["Location"] == "/signin/elsewhere"
        for page in (UPLOAD, address("/uitvoeren"), address("/weggooien")):
            assert send(browser, page)["Location"] == "/signin/elsewhere"
    at_noor = arrive(second_manager().party)
    for browser in (at_carla, at_noor):
        assert browser.get(address()).status_code == 404
        for page in (address("/uitvoeren"), address("/weggooien")):
            assert send(browser, page).status_code == 404
    assert Client().get(EXPORT)["Location"].startswith("/signin/which")
    assert b"Sam" not in at_carla.get(EXPORT).content
    assert not OutboxRow.objects.filter(kind=Kind.SHEET).exists()
    assert Sheet.objects.exists()


def test_it_says_so_when_the_file_is_too_old(at_mia: Client) -> None:
    choose(at_mia, HEADER + WIM)
    Sheet.objects.update(sent_at=NOW.replace(day=21))
    answer = send(at_mia, address("/uitvoeren"))
    assert answer.status_code == 409
    assert "Dit bestand is weg" in shown(answer)
