"""Spreadsheets of Mia, and a worker that carries them out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from namens.organisations.actions import agree_to_sheet, carry_on, propose_sheet
from namens.organisations.models import Member, MemberKind, Sheet, SheetLine
from namens.organisations.planning import AskedLine
from tests.organisations.managing import mia
from tests.people import NOW
from tests.working import member, organisation

PEOPLE = {"Sam": "Bakker", "Vera": "Smit", "Wim": "Visser"}


def line(given_name: str = "Wim", number: int = 2, /, **asked: object) -> AskedLine:
    """Give a line about one person, a volunteer without a licence unless told otherwise."""
    family_name = PEOPLE.get(given_name, "Jansen")
    email = f"{given_name.lower()}@example.nl"
    said = {"given_name": given_name, "family_name": family_name, "email": email, "kind": MemberKind.VOLUNTEER}
    return AskedLine(number=number, **{**said, **asked})  # type: ignore[arg-type]  # whatever a test says


def known(given_name: str = "Sam", *, is_manager: bool = False) -> Member:
    """Give somebody who works at Samen Sterk, under the address that `line` gives."""
    made = member(organisation(), given_name, family_name=PEOPLE.get(given_name, "Jansen"), is_manager=is_manager)
    Member.objects.filter(party=made.party_id).update(email=f"{given_name.lower()}@example.nl", kind="volunteer")
    return Member.objects.get(party=made.party_id)


def proposed(*lines: AskedLine, by: Member | None = None, now: datetime = NOW) -> Sheet:
    """Let Mia send a spreadsheet in."""
    return propose_sheet(by=by or mia(), lines=lines, ignored=[], now=now)


def judged(*lines: AskedLine) -> list[tuple[str, list[str], list[str]]]:
    """Give state, steps and reasons of each line of a spreadsheet that was just sent in."""
    return [(one.state, one.steps, one.reasons) for one in lines_of(proposed(*lines))]


def lines_of(sheet: Sheet) -> Sequence[SheetLine]:
    """Give the lines as they are now."""
    return list(sheet.lines.order_by("number"))


def carried_out(sheet: Sheet, *, by: Member | None = None, now: datetime = NOW) -> list[tuple[str, list[str]]]:
    """Say yes, let the worker finish it, and give state and reasons of each line."""
    agree_to_sheet(by=by or mia(), sheet=sheet.id, now=now)
    finish(sheet, now=now)
    return [(one.state, one.reasons) for one in lines_of(sheet)]


def finish(sheet: Sheet, *, now: datetime = NOW) -> int:
    """Carry a sheet on until it is finished; how many batches it took."""
    for number in range(1, 200):
        with transaction.atomic():
            if not carry_on(sheet=sheet.id, now=now):
                return number
    raise AssertionError("this sheet never comes to an end")
