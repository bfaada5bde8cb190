"""Spreadsheets with people: what each line will do, that nothing happens before the yes, and what the yes does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.organisations.actions import (
    agree_to_sheet,
    change_licence,
    drop_sheet,
    end_member,
    forget_sheets,
    propose_sheet,
)
from namens.organisations.models import FormerTeam, Licence, Member, MemberInvitation, MemberKind, Sheet, SheetLine
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.organisations.sheets import LineReason
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.organisations.filling_in import carried_out, finish, judged, known, line, lines_of, proposed
from tests.organisations.managing import as_kept, carla, losing, mia, second_manager, team, terms, written
from tests.people import NOW, TODAY
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
TOESLAGEN = ("mijn-toeslagen",)
UNTIL = date(2027, 3, 1)


def people() -> list[str]:
    return sorted(Member.objects.filter(organisation=organisation()).values_list("given_name", flat=True))


def test_it_invites_and_licenses_who_is_new_after_the_yes_only() -> None:
    north = team("Noord")
    sheet = proposed(line("Wim", services=TOESLAGEN, last_day=UNTIL, team="noord", licence_team="Noord"))
    assert people() == ["Mia"]
    assert written() == []
    assert carried_out(sheet) == [("new", [])]
    wim, given = Member.objects.get(given_name="Wim"), Licence.objects.get()
    assert (wim.email, wim.kind, wim.team, wim.bound_at) == ("wim@example.nl", "volunteer", north, None)
    assert (given.member, given.first_day, given.last_day, given.team) == (wim, TODAY, UNTIL, north)
    assert [one.key for one in given.services.all()] == ["mijn-toeslagen"]
    assert MemberInvitation.objects.get().member == wim
    assert sorted(written()) == ["licence-given", "member-invited", "sheet-agreed"]
    entry = JournalEntry.objects.get(event=Event.LICENCE_GIVEN)
    assert (entry.actor, entry.details["sheet"]) == (mia().party_id, str(sheet.id))


def test_it_changes_nothing_the_second_time() -> None:
    lines = [line("Wim", services=TOESLAGEN), line("Vera", 3)]
    carried_out(proposed(*lines))
    before = written()
    assert judged(*lines) == [("unchanged", [], []), ("unchanged", [], [])]
    assert carried_out(proposed(*lines)) == [("unchanged", []), ("unchanged", [])]
    assert written() == [*before, "sheet-agreed"]
    assert (Member.objects.filter(given_name="Wim").count(), Licence.objects.count()) == (1, 1)


def test_it_changes_details_and_ends_what_is_open_at_portals_when_the_team_changes() -> None:
    sam, north = known("Sam"), team("Noord")
    sheet = proposed(line("Sam", family_name="de Bakker", kind=MemberKind.STAFF, team="Noord"))
    assert carried_out(sheet) == [("changed", [])]
    now = Member.objects.get(party=sam.party_id)
    assert (now.family_name, now.kind, now.team, now.version) == ("de Bakker", "staff", north, 1)
    assert [(one.member, one.team) for one in FormerTeam.objects.all()] == [(sam, None)]
    assert losing() == [str(sam.party_id)]


def test_it_leaves_kind_and_team_alone_when_the_file_does_not_say() -> None:
    Member.objects.filter(party=known("Sam").party_id).update(team=team("Noord"))
    assert judged(line("Sam", kind=None, team=None)) == [("unchanged", [], [])]
    assert judged(line("Sam", team="")) == [("changed", ["change-details"], [])]


def test_it_moves_the_days_of_the_licence_for_the_same_services() -> None:
    held = licence(known("Sam"), last_day=date(2026, 12, 31))
    other = licence(Member.objects.get(given_name="Sam"), "inkomstenbelasting")
    sheet = proposed(line("Sam", services=TOESLAGEN, last_day=UNTIL))
    assert carried_out(sheet) == [("changed", [])]
    assert (as_kept(held).last_day, as_kept(held).version) == (UNTIL, 1)
    assert as_kept(other).version == 0
    assert written()[-1] == "licence-changed"


def test_it_changes_the_services_of_the_only_licence() -> None:
    held = licence(known("Sam"))
    assert carried_out(proposed(line("Sam", services=("inkomstenbelasting",)))) == [("changed", [])]
    assert [one.key for one in as_kept(held).services.all()] == ["inkomstenbelasting"]
    assert Licence.objects.filter(later=held).count() == 1
    assert losing() == [str(held.member_id)]


def test_it_gives_one_more_licence_when_two_lines_ask_for_it() -> None:
    held = licence(known("Sam"))
    lines = [line("Sam", 2, services=TOESLAGEN), line("Sam", 3, services=("inkomstenbelasting",))]
    assert [state for state, *_rest in judged(*lines)] == ["unchanged", "changed"]
    carried_out(proposed(*lines))
    assert as_kept(held).version == 0
    assert Licence.objects.count() == 2


def test_it_never_makes_a_manager_and_never_ends_who_is_not_in_the_file() -> None:
    noor = known("Noor", is_manager=True)
    known("Sam")
    carried_out(proposed(line("Noor", family_name="Kuipers"), line("Wim", 3)))
    assert Member.objects.get(party=noor.party_id).is_manager
    assert not Member.objects.get(given_name="Wim").is_manager
    assert Member.objects.get(given_name="Sam").ended_at is None


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"kind": None}, LineReason.KIND_UNREADABLE),
        ({"team": "Nergens"}, OrganisationReason.UNKNOWN_TEAM),
        ({"services": TOESLAGEN, "licence_team": "Nergens"}, OrganisationReason.UNKNOWN_TEAM),
        ({"services": TOESLAGEN, "first_day": TODAY - timedelta(days=1)}, OrganisationReason.LICENCE_DAY_PAST),
        ({"services": TOESLAGEN, "last_day": TODAY - timedelta(days=1)}, OrganisationReason.LICENCE_DAYS_WRONG),
        ({"services": TOESLAGEN, "last_day": date(2028, 1, 1)}, OrganisationReason.LICENCE_TOO_LONG),
        ({"services": ("uitkering-aanvragen",)}, OrganisationReason.LICENCE_SERVICE_NOT_OFFERED),
        ({"problems": (LineReason.EMAIL_UNREADABLE,)}, LineReason.EMAIL_UNREADABLE),
    ],
)
def test_it_says_what_is_wrong_and_carries_the_other_lines_out(asked: dict[str, object], reason: str) -> None:
    sheet = proposed(line("Wim", **asked), line("Vera", 3))
    assert carried_out(sheet) == [("wrong", [reason]), ("new", [])]
    assert people() == ["Mia", "Vera"]


def test_it_tells_lines_that_contradict_each_other_from_lines_that_say_the_same() -> None:
    twice = [line("Wim", 2, services=TOESLAGEN), line("Wim", 3, services=TOESLAGEN)]
    assert [state for state, *_rest in judged(*twice)] == ["new", "unchanged"]
    names = judged(line("Wim", 2), line("Wim", 3, family_name="Ander"))
    assert names[1] == ("wrong", [], ["other-line-differs"])
    days = judged(line("Wim", 2, services=TOESLAGEN), line("Wim", 3, services=TOESLAGEN, last_day=UNTIL))
    assert days[1] == ("wrong", [], ["other-line-differs"])


def test_it_lets_no_manager_give_or_change_an_own_licence_or_team() -> None:
    licence(mia(), last_day=UNTIL)
    team("Noord")
    own = {"given_name": "Mia", "family_name": "Jansen", "email": mia().email, "kind": MemberKind.STAFF}
    assert judged(line(**own, services=TOESLAGEN)) == [("unchanged", [], [])]
    for asked in ({"services": ("inkomstenbelasting",)}, {"services": TOESLAGEN, "last_day": date(2027, 11, 1)}):
        assert judged(line(**own, **asked)) == [("wrong", [], ["own-licence"])]
    assert judged(line(**own, team="Noord")) == [("wrong", [], ["own-team"])]


def test_it_does_nothing_with_a_line_whose_ground_shifted_after_the_preview() -> None:
    sam, vera, wim = known("Sam"), known("Vera"), known("Wim")
    held = licence(vera)
    sheet = proposed(
        line("Sam", 2, family_name="Ander"),
        line("Vera", 3, services=TOESLAGEN, last_day=UNTIL),
        line("Wim", 4, services=TOESLAGEN),
        line("Jan", 5),
    )
    Member.objects.filter(party=sam.party_id).update(version=1)
    theirs = terms(last_day=date(2026, 12, 31))
    change_licence(by=second_manager(), licence=held.id, version=0, terms=theirs, now=NOW)
    end_member(by=mia(), member=wim.party_id, version=0, now=NOW)
    known("Jan")
    assert carried_out(sheet) == [("wrong", [OrganisationReason.CHANGED_MEANWHILE])] * 4
    assert as_kept(held).last_day == date(2026, 12, 31)


def test_it_judges_days_again_when_it_is_carried_out() -> None:
    sheet = proposed(line("Wim", services=TOESLAGEN, last_day=TODAY), now=NOW)
    agree_to_sheet(by=mia(), sheet=sheet.id, now=NOW)
    finish(sheet, now=NOW + timedelta(days=1))
    assert lines_of(sheet)[0].state == "wrong"
    assert people() == ["Mia"]


def test_it_stops_when_who_sent_it_is_no_manager_any_more() -> None:
    noor = second_manager()
    sheet = proposed(line("Wim"), by=noor)
    agree_to_sheet(by=noor, sheet=sheet.id, now=NOW)
    end_member(by=mia(), member=noor.party_id, version=0, now=NOW)
    finish(sheet)
    assert [(one.state, one.reasons) for one in lines_of(sheet)] == [("wrong", ["not-a-manager"])]
    assert "Wim" not in people()


def test_it_goes_on_in_batches_where_a_dead_worker_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("namens.organisations.actions.sheets.AT_ONCE", 2)
    sheet = proposed(*(line(f"Naam{number}", number) for number in range(2, 7)))
    agree_to_sheet(by=mia(), sheet=sheet.id, now=NOW)
    assert finish(sheet) == 3
    assert finish(sheet) == 1
    assert Member.objects.filter(given_name__startswith="Naam").count() == 5
    assert MemberInvitation.objects.count() == 5
    assert Sheet.objects.get().finished_at == NOW


def test_it_agrees_once() -> None:
    sheet = proposed(line("Wim"))
    for _ in range(2):
        agree_to_sheet(by=mia(), sheet=sheet.id, now=NOW)
    assert OutboxRow.objects.filter(kind=Kind.SHEET).count() == 1
    assert written() == ["sheet-agreed"]


def test_it_keeps_a_file_for_a_day() -> None:
    sheet = proposed(line("Wim"))
    later = NOW + timedelta(hours=24, seconds=1)
    assert refused(lambda: agree_to_sheet(by=mia(), sheet=sheet.id, now=later)) == OrganisationReason.SHEET_GONE
    forget_sheets(now=later)
    assert not SheetLine.objects.exists()


def test_it_erases_nothing_that_is_under_way() -> None:
    sheet = proposed(line("Wim"))
    agree_to_sheet(by=mia(), sheet=sheet.id, now=NOW)
    forget_sheets(now=NOW + timedelta(days=2))
    assert Sheet.objects.filter(id=sheet.id).exists()
    finish(sheet)
    forget_sheets(now=NOW + timedelta(days=2))
    assert not Sheet.objects.exists()


def test_it_forgets_an_older_file_without_a_yes_and_drops_one_on_request() -> None:
    first = proposed(line("Wim"))
    second = proposed(line("Vera"))
    assert list(Sheet.objects.all()) == [second]
    drop_sheet(by=second_manager(), sheet=second.id)
    assert list(Sheet.objects.all()) == [second]
    drop_sheet(by=mia(), sheet=second.id)
    assert first.id != second.id
    assert not Sheet.objects.exists()


def refused(verb: Callable[[], object]) -> OrganisationReason:
    with pytest.raises(OrganisationRefused) as refusal:
        verb()
    return refusal.value.reason


def test_it_refuses_dirk_a_colleague_and_the_manager_of_another_organisation(dirk: Party) -> None:
    sam, noor, elsewhere = member(organisation()), second_manager(), carla()
    sheet = proposed(line("Wim"))
    for by in (sam, Member(party=dirk, organisation=organisation())):
        proposing = lambda by=by: propose_sheet(by=by, lines=[line("Vera")], ignored=[], now=NOW)  # noqa: E731 - bound here
        assert refused(proposing) == OrganisationReason.NOT_A_MANAGER
        agreeing = lambda by=by: agree_to_sheet(by=by, sheet=sheet.id, now=NOW)  # noqa: E731 - bound here
        assert refused(agreeing) == OrganisationReason.NOT_A_MANAGER
    for other in (noor, elsewhere):
        agreeing = lambda by=other: agree_to_sheet(by=by, sheet=sheet.id, now=NOW)  # noqa: E731 - bound here
        assert refused(agreeing) == OrganisationReason.SHEET_GONE
    assert refused(lambda: agree_to_sheet(by=mia(), sheet=new_id(), now=NOW)) == OrganisationReason.SHEET_GONE
    assert not OutboxRow.objects.filter(kind=Kind.SHEET).exists()
