"""The columns of a spreadsheet: days, services and names as people write them."""

from datetime import date

import pytest

from namens.organisations.models import MemberKind
from namens.organisations.planning import AskedLine
from namens.organisations.sheets import LineReason
from namens.pages.manager.columns import ask, day_in
from namens.pages.manager.spreadsheet import Table
from tests.people import services

HEADER = ("voornaam", "Achternaam ", "E-Mail", "soort", "diensten", "eerste dag", "laatste_dag")


def read(*cells: str) -> AskedLine:
    known = services("mijn-toeslagen", "inkomstenbelasting")
    return ask(Table(header=HEADER, lines=((2, cells),)), services=known).lines[0]


@pytest.mark.parametrize(
    "said", ["2026-03-04", "04-03-2026", "4-3-2026", "4/3/2026", "4.3.2026", "4 3 2026", "2026-03-04 00:00:00"]
)
def test_it_reads_days_as_spreadsheets_write_them(said: str) -> None:
    assert day_in(said) == date(2026, 3, 4)


@pytest.mark.parametrize("said", ["31-2-2026", "4-3-26", "46085", "morgen", "2026-03-04T10:00", "٤-3-2026", "0-0-0000"])
def test_it_reads_nothing_else_as_a_day(said: str) -> None:
    assert day_in(said) is None


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    "said",
    [
        "Mijn toeslagen | Inkomstenbelasting",
        "mijn-toeslagen,inkomstenbelasting",
        "INKOMSTENBELASTING + mijn toeslagen",
        "Mijn toeslagen;Inkomstenbelasting;",
        "Mijn toeslagen\nInkomstenbelasting",
    ],
)
def test_it_reads_services_by_name_or_key(said: str) -> None:
    line = read("Wim", "Visser", "Wim@Example.nl", "Vrijwilliger", said, "", "")
    assert (line.services, line.problems) == (("inkomstenbelasting", "mijn-toeslagen"), ())
    assert (line.email, line.kind, line.team) == ("wim@example.nl", MemberKind.VOLUNTEER, None)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("", "Visser", "w@example.nl"), LineReason.NAME_UNREADABLE),
        (("W" * 76, "Visser", "w@example.nl"), LineReason.NAME_UNREADABLE),
        (("W\u202eim", "Visser", "w@example.nl"), LineReason.NAME_UNREADABLE),
        (("W\nim", "Visser", "w@example.nl"), LineReason.NAME_UNREADABLE),
        (("Wim", "Visser", "w@example"), LineReason.EMAIL_UNREADABLE),
        (("Wim", "Visser", ""), LineReason.EMAIL_UNREADABLE),
        (("Wim", "Visser", "w@example.nl", "baas"), LineReason.KIND_UNREADABLE),
        (("Wim", "Visser", "w@example.nl", "staff", "Bestaat niet"), LineReason.SERVICE_UNKNOWN),
        (("Wim", "Visser", "w@example.nl", "staff", "", "morgen"), LineReason.DAY_UNREADABLE),
        (("Wim", "Visser", "w@example.nl", "staff", "x" * 5000), LineReason.SERVICE_UNKNOWN),
    ],
)
def test_it_says_what_it_cannot_read(cells: tuple[str, ...], problem: LineReason) -> None:
    assert read(*cells).problems == (problem,)


@pytest.mark.usefixtures("catalogue")
def test_it_leaves_what_stands_there_where_a_column_is_missing() -> None:
    line = ask(Table(header=HEADER[:3], lines=((2, ("Wim", "Visser", "w@example.nl", "more")),)), services=[]).lines[0]
    assert (line.kind, line.team, line.services, line.problems) == (None, None, (), ())
