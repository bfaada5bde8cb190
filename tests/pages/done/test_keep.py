"""Keeping the overview: on paper, for a spreadsheet, and for another program."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate
from namens.pages.done import files, overview
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.done.happening import ACT, PAGE, did, logged_in, many_logins, the_portal
from tests.pages.visiting import Answered, arrive, shown
from tests.people import NOW

FILE = f"{PAGE}/bestand"


def save(party: Party, form: str, **chosen: str) -> Answered:
    return arrive(party).post(FILE, {"form": form, **chosen})


def rows(answer: Answered) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_prints_who_it_is_about_and_no_menus(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id)
    answer = arrive(anna).get(f"{PAGE}/afdrukken")
    page = shown(answer)
    assert "Dit gaat over Anna de Vries" in page
    assert "Bram Bakker heeft voor u ingelogd" in page
    assert "utrecht-nav-bar" not in answer.content.decode()
    assert "klopt-niet" not in answer.content.decode()


def test_it_prints_what_was_chosen(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id, at=NOW - timedelta(days=60))
    page = shown(arrive(anna).get(f"{PAGE}/afdrukken?month=2026-09"))
    assert "U ziet alleen: september 2026" in page
    assert "november 2026 Bram" not in page
    assert page.count("heeft voor u ingelogd") == 1


def test_it_says_when_not_everything_is_on_paper(
    anna: Party, bram: Party, mandate: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "ON_PAPER", 4)
    many_logins(mandate, bram.id, count=9, each=timedelta(hours=1))
    page = shown(arrive(anna).get(f"{PAGE}/afdrukken"))
    assert "Dit zijn de nieuwste 4 regels. Kies een maand om oudere af te drukken." in page
    assert page.count("heeft voor u ingelogd") <= 4


def test_it_gives_a_spreadsheet(anna: Party, bram: Party, mandate: Mandate) -> None:
    entry = did(mandate, bram.id)
    answer = save(anna, "csv")
    header, *lines = rows(answer)
    assert header[:4] == ["Dag", "Tijd", "Wat", "Door wie"]
    line = next(one for one in lines if one[-1] == str(entry.id))
    assert line[:2] == ["2026-11-23", "10:00"]
    assert line[3] == "Bram Bakker"
    assert line[5:8] == [ACT, "Mijn toeslagen", "Bram Bakker"]
    assert len({len(one) for one in [header, *lines]}) == 1


@pytest.mark.parametrize(
    "begins", ["=", "+", "-", "@", "\t=", "\r="], ids=["is", "plus", "minus", "at", "tab", "return"]
)
def test_it_gives_a_spreadsheet_nothing_to_run(anna: Party, bram: Party, mandate: Mandate, begins: str) -> None:
    did(mandate, bram.id, what=f'{begins}HYPERLINK("https://evil.example";"x")')
    for row in rows(save(anna, "csv")):
        assert [cell for cell in row if re.match(r"[=+\-@\t\r]", cell)] == []


def test_it_gives_json_in_the_form_that_stands_in_the_docs(anna: Party, bram: Party, mandate: Mandate) -> None:
    entry, at_portal = did(mandate, bram.id), the_portal().name
    answer = save(anna, "json")
    whole = json.loads(answer.content)
    assert {**whole, "regels": []} == {
        "versie": 1,
        "gemaaktOp": "2026-11-23T10:00:00+01:00",
        "volledig": True,
        "regels": [],
    }
    assert next(one for one in whole["regels"] if one["id"] == str(entry.id)) == {
        "id": str(entry.id),
        "tijdstip": "2026-11-23T10:00:00+01:00",
        "soort": "act-reported",
        "zin": f"Bram Bakker heeft dit voor u gedaan bij {at_portal}: {ACT}.",
        "door": "Bram Bakker",
        "waar": at_portal,
        "handeling": ACT,
        "diensten": ["Mijn toeslagen"],
        "machtiging": str(mandate.id),
        "machtigingMet": "Bram Bakker",
        "kloptNiet": None,
    }


@pytest.mark.parametrize("form", ["csv", "json"])
def test_it_says_nothing_of_anybody_in_the_name_of_the_file(anna: Party, form: str) -> None:
    answer = save(anna, form)
    assert answer["Content-Disposition"] == f'attachment; filename="namens-2026-11-23.{form}"'
    assert answer["Cache-Control"] == "no-store"


def test_it_saves_only_what_was_chosen(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id, at=NOW - timedelta(days=60))
    found = json.loads(save(anna, "json", month="2026-09").content)["regels"]
    assert [one["soort"] for one in found] == ["mandate-used"]


def test_it_writes_down_that_the_overview_was_taken(anna: Party, mandate: Mandate) -> None:
    save(anna, "csv")
    entry = JournalEntry.objects.get(event=Event.DONE_EXPORTED)
    assert (entry.actor, entry.subject) == (anna.id, anna.id)
    assert entry.details == {"form": "csv", "lines": JournalEntry.objects.filter(mandate=mandate.id).count() - 1}
    assert "U hebt dit overzicht bewaard als bestand." in shown(arrive(anna).get(PAGE))


def test_it_is_not_asked_for_by_an_address(anna: Party, mandate: Mandate) -> None:
    assert arrive(anna).get(f"{FILE}?form=csv").status_code == 405
    assert not JournalEntry.objects.filter(event=Event.DONE_EXPORTED, subject=mandate.representee_id).exists()


@pytest.mark.parametrize("form", ["", "xlsx", "CSV"])
def test_it_knows_two_forms(anna: Party, form: str) -> None:
    assert save(anna, form).status_code == 404


def test_it_saves_every_line_once_however_many_are_read_at_a_time(
    anna: Party, bram: Party, mandate: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_logins(mandate, bram.id, count=40, each=timedelta(0))
    whole = [one["id"] for one in json.loads(save(anna, "json").content)["regels"]]
    monkeypatch.setattr(files, "AT_ONCE", 7)
    again = [one["id"] for one in json.loads(save(anna, "json").content)["regels"]]
    assert again[1:] == whole
    assert len(set(again)) == len(again)


def test_it_says_in_the_file_when_it_is_not_whole(
    anna: Party, bram: Party, mandate: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST", 10)
    many_logins(mandate, bram.id, count=40, each=timedelta(minutes=1))
    whole = json.loads(save(anna, "json").content)
    assert (whole["volledig"], len(whole["regels"])) == (False, 10)
    lines = rows(save(anna, "csv"))
    assert len(lines) == 12
    assert lines[-1][2] == "Dit zijn de nieuwste 10 regels. Kies een maand voor de rest."


def test_it_reads_many_lines_with_few_statements(anna: Party, bram: Party, mandate: Mandate) -> None:
    browser = arrive(anna)
    many_logins(mandate, bram.id, count=200, each=timedelta(minutes=1))
    assert statements(lambda: browser.post(FILE, {"form": "json"})) <= 18
