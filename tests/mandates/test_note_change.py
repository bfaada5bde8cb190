"""What changes of a mandate is noted for portals, by every verb, in its order; what nobody could use yet is not."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from namens.journal.events import Channel
from namens.lib.assurance import AssuranceLevel
from namens.mandates import actions
from namens.mandates.actions import GivenMandate
from namens.mandates.actions.noting import note_change
from namens.mandates.changes import Change, MandateChange
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.refusals import MandateRefused
from namens.organisations.models import Member, Organisation
from namens.outbox.actions import OutsideTransaction
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from tests.asking import requested, says_yes, yes
from tests.mandates.histories import ACCOUNT, ELSEWHERE, KEYS
from tests.people import NOW, TODAY, active, fresh, give, of, terms, told, use_code
from tests.working import activated, licence, member, organisation

DAY = timedelta(days=1)
Noted = list[tuple[str, list[str]]]


def noted(mandate: Mandate | UUID) -> Noted:
    """Give what was noted of a mandate, without how it became active; every number counts from 1."""
    changes = list(MandateChange.objects.filter(mandate=of(mandate)).order_by("number"))
    assert [change.number for change in changes] == list(range(1, len(changes) + 1))
    rows = OutboxRow.objects.filter(kind=Kind.MANDATE_CHANGED, payload={"mandate": str(of(mandate).id)})
    assert rows.count() == len(changes)
    return [(change.what, change.services) for change in changes]


ACTIVE: Noted = [("active", [])]


@pytest.fixture
def both(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Anna's mandate for Bram, for two services, active."""
    return active(anna, bram, what=terms(*KEYS))


def test_it_notes_nothing_of_what_nobody_can_use(anna: Party, bram: Party, catalogue: None) -> None:  # noqa: ARG001 - for its effect
    offered, asked = give(anna, bram).mandate, requested(anna, bram)
    actions.stop(mandate=offered.id, by=anna, now=NOW)
    actions.decline(mandate=asked.id, by=anna, is_unknown=False, now=NOW)
    assert (noted(offered), noted(asked)) == ([], [])


def test_it_notes_a_code_that_is_used(both: Mandate) -> None:
    assert noted(both) == ACTIVE


def test_it_notes_a_yes_without_a_code(anna: Party, bram: Party, catalogue: None) -> None:  # noqa: ARG001 - for its effect
    asked = requested(anna, bram)
    says_yes(asked, anna, answer=yes(), now=NOW)
    assert noted(asked) == ACTIVE


def test_it_notes_a_yes_to_an_organisation_that_goes_on(anna: Party, catalogue: None) -> None:  # noqa: ARG001 - for its effect
    sam = member(organisation())
    licence(sam, *KEYS)
    old = activated(anna, sam)
    at_once = actions.offer(
        representee=fresh(anna, now=NOW),
        representative=organisation().party,
        terms=terms("inkomstenbelasting"),
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=NOW,
    )
    assert (noted(at_once.mandate), noted(old)) == (ACTIVE, ACTIVE)


def test_it_notes_what_is_left_of_a_code_that_a_newer_yes_was_ahead_of(
    anna: Party,
    bram: Party,
    catalogue: None,  # noqa: ARG001 - asked for its effect
) -> None:
    older = give(anna, None, what=terms(*KEYS, last_day=TODAY + 60 * DAY))
    newer = active(anna, bram, what=terms(KEYS[0]), now=NOW + timedelta(seconds=1))
    use_code(older, bram, now=NOW + timedelta(seconds=2))
    assert (noted(older.mandate), noted(newer)) == ([("active", [KEYS[1]])], ACTIVE)


@pytest.mark.parametrize("who", ["client", "helper", "helpdesk"])
def test_it_notes_a_stop_and_not_by_whom(both: Mandate, anna: Party, bram: Party, who: str) -> None:
    desk = UUID(int=7) if who == "helpdesk" else None
    actions.stop(mandate=both.id, by=bram if who == "helper" else anna, now=NOW, desk=desk)
    assert noted(both) == [*ACTIVE, ("stopped", [])]


def test_it_notes_a_stop_of_one_service(both: Mandate, anna: Party) -> None:
    actions.stop(mandate=both.id, by=anna, now=NOW, service=KEYS[0])
    actions.stop(mandate=both.id, by=anna, now=NOW, service=KEYS[1])
    assert noted(both) == [*ACTIVE, ("stopped", [KEYS[0]]), ("stopped", [])]


def test_it_notes_a_report_and_a_restore(both: Mandate, anna: Party) -> None:
    actions.report(mandate=both.id, by=anna, kind=ReportKind.SPELLING, now=NOW)
    actions.report(mandate=both.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    actions.report(mandate=both.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    actions.restore(mandate=both.id, by=anna, now=NOW)
    assert noted(both) == [*ACTIVE, ("suspended", []), ("restored", [])]


def test_it_notes_a_shorter_mandate_or_service(both: Mandate, anna: Party) -> None:
    actions.shorten(mandate=both.id, by=anna, last_day=TODAY + 9 * DAY, now=NOW, service=KEYS[0])
    actions.shorten(mandate=both.id, by=anna, last_day=TODAY + 5 * DAY, now=NOW)
    assert noted(both) == [*ACTIVE, ("changed", [KEYS[0]]), ("changed", [])]


@pytest.mark.parametrize("signal", [StopSignal.DECEASED, StopSignal.GUARDIANSHIP])
def test_it_notes_no_reason_for_what_the_register_ends(both: Mandate, anna: Party, signal: StopSignal) -> None:
    blocked = told(anna, signals=[signal])
    actions.block(person=blocked.person, now=NOW, channel=Channel.WORKER)
    assert noted(both) == [*ACTIVE, ("ended", [])]


def test_it_notes_what_a_successor_replaces(both: Mandate, anna: Party, bram: Party) -> None:
    of_one = active(anna, bram, what=terms(KEYS[0]))
    assert noted(both) == [*ACTIVE, ("ended", [KEYS[0]])]
    of_all = active(anna, bram, what=terms(*KEYS))
    assert noted(both) == [*ACTIVE, ("ended", [KEYS[0]]), ("ended", [])]
    assert (noted(of_one), noted(of_all)) == ([*ACTIVE, ("ended", [])], ACTIVE)


def test_it_notes_what_gives_way_to_a_later_successor(both: Mandate, anna: Party, bram: Party) -> None:
    later = terms(KEYS[0], first_day=TODAY + 10 * DAY, last_day=TODAY + 20 * DAY)
    active(anna, bram, what=later)
    assert noted(both) == [*ACTIVE, ("changed", [KEYS[0]])]


def test_it_notes_a_second_yes_that_grants_more(anna: Party, bram: Party, catalogue: None) -> None:  # noqa: ARG001 - for its effect
    held_back = sat_together(anna, bram)
    said_by, level = fresh(anna, now=NOW), AssuranceLevel.SUBSTANTIAL
    actions.confirm_second_yes(mandate=held_back.id, by=said_by, at=ELSEWHERE, level=level, now=NOW)
    assert noted(held_back) == [*ACTIVE, ("changed", [])]


def test_it_keeps_a_second_no_from_portals(anna: Party, bram: Party, catalogue: None) -> None:  # noqa: ARG001 - for its effect
    held_back = sat_together(anna, bram)
    actions.refuse_second_yes(mandate=held_back.id, by=anna, now=NOW)
    assert noted(held_back) == ACTIVE


def sat_together(anna: Party, bram: Party) -> Mandate:
    """Give a mandate that was given and activated at one browser: something sensitive waits for a second yes."""
    given = actions.offer(
        representee=fresh(anna, now=NOW),
        representative=bram,
        terms=terms(KEYS[0], granted=[ACCOUNT]),
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=NOW,
        one_browser="new:browser-at-the-table",
    )
    assert isinstance(given, GivenMandate)
    return use_code(given, bram)


@pytest.mark.parametrize(("first", "what"), [(0, "changed"), (9, "ended")], ids=["running", "not begun"])
def test_it_notes_that_an_organisation_leaves(anna: Party, catalogue: None, first: int, what: str) -> None:  # noqa: ARG001 - for its effect
    mandate = activated(anna, licensed())
    Mandate.objects.filter(id=mandate.id).update(first_day=TODAY + first * DAY)
    Organisation.objects.filter(party=mandate.representative_id).update(last_day=TODAY + 5 * DAY)
    actions.end_with_organisation(organisation=organisation().party_id, now=NOW)
    assert noted(mandate) == [*ACTIVE, (what, [])]


def licensed() -> Member:
    """Give a member who may use the code for either service."""
    sam = member(organisation())
    licence(sam, *KEYS)
    return sam


def test_it_refuses_dirk_and_notes_nothing(both: Mandate, dirk: Party) -> None:
    verbs: list[Callable[[], object]] = [
        partial(actions.stop, mandate=both.id, by=dirk, now=NOW),
        partial(actions.report, mandate=both.id, by=dirk, kind=ReportKind.UNWANTED, now=NOW),
        partial(actions.shorten, mandate=both.id, by=dirk, last_day=TODAY, now=NOW),
    ]
    for verb in verbs:
        with pytest.raises(MandateRefused):
            verb()
    assert noted(both) == ACTIVE


def test_it_notes_with_two_statements(both: Mandate) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as made:
        note_change(Change.CHANGED, mandate=both, now=NOW)
    assert len(made) == 2


@pytest.mark.django_db(transaction=True)
def test_it_notes_nothing_outside_a_transaction(anna: Party, bram: Party, catalogue: None) -> None:  # noqa: ARG001 - for its effect
    mandate = active(anna, bram)
    with pytest.raises(OutsideTransaction):
        note_change(Change.CHANGED, mandate=mandate, now=NOW)
