"""`namens reports`: what waits for the helpdesk, by case number and day, and whether it waits too long."""

from datetime import timedelta

import pytest

from namens.lib import clock
from namens.mandates.actions import report
from namens.mandates.cases import case_in_words
from namens.mandates.models import Report, ReportKind
from namens.parties.models import Party
from namens.services.models import Portal
from tests.commands.saying import Namens
from tests.helpdesk.disputing import says, used
from tests.people import NOW, active

pytestmark = pytest.mark.usefixtures("catalogue")


def test_it_lists_what_waits_by_ids_only(namens: Namens, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    with clock.frozen(NOW + timedelta(days=1)):
        said = namens("reports")
    number = case_in_words(Report.objects.get().case_number)
    assert said.out == f"{number:14} 2026-11-23 waits  unwanted        mandate {mandate.id}\n"
    assert said.status == 0


def test_it_fails_when_one_waits_longer_than_a_working_day(namens: Namens, anna: Party, bram: Party) -> None:
    report(mandate=active(anna, bram).id, by=anna, kind=ReportKind.UNKNOWN_PERSON, now=NOW)
    with clock.frozen(NOW + timedelta(days=2)):
        said = namens("reports")
    assert (said.status, said.err) == (1, "namens: reports that wait longer than one working day: 1\n")
    assert "2026-11-23 late" in said.out


def test_it_lists_lines_that_wait_too_and_fails_when_one_is_late(
    namens: Namens, anna: Party, bram: Party, toeslagen: Portal
) -> None:
    line = used(active(anna, bram), toeslagen)
    number = case_in_words(says(anna, line).case_number)
    with clock.frozen(NOW + timedelta(days=1)):
        assert namens("reports").out == f"{number:14} 2026-11-23 waits  not-done        line {line.id}\n"
    with clock.frozen(NOW + timedelta(days=2)):
        said = namens("reports")
    assert (said.status, said.err) == (1, "namens: reports that wait longer than one working day: 1\n")


def test_it_says_nothing_when_nothing_waits(namens: Namens, anna: Party, bram: Party) -> None:
    report(mandate=active(anna, bram).id, by=anna, kind=ReportKind.SPELLING, now=NOW)
    assert (namens("reports").status, namens("reports").out) == (0, "")
