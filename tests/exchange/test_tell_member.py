"""Portals hear what a member may use there, as it is when they are told; not why, and nothing of elsewhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from namens.journal.events import Channel
from namens.mandates.actions import leave_out, let_in_again
from namens.mandates.models import Mandate
from namens.organisations.actions import (
    MemberDetails,
    block,
    change_licence,
    change_member,
    end_licence,
    end_member,
    give_licence,
    pause_licence,
    renew_licences,
    resume_licence,
    unblock,
)
from namens.organisations.models import Block, Licence, Member
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from tests.exchange.hearing import heard, hearing, id_at, kinds, tell, used
from tests.mandates.histories import KEYS
from tests.organisations.joining import OLGA, OTTO
from tests.organisations.managing import mia, team, terms
from tests.people import NOW, TODAY
from tests.working import client_called, licence, mandate_of, member, organisation

ALLOWANCES, TAXES = KEYS
DAY = timedelta(days=1)
MEMBER, LEFT_OUT = "licentie.gewijzigd", "uitsluiting.gewijzigd"


@pytest.fixture
def allowances(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal for *Mijn toeslagen*, with a basis."""
    return hearing("toeslagen", ALLOWANCES)


@pytest.fixture
def sam(allowances: Portal) -> Member:  # noqa: ARG001 - it brings the catalogue
    """Sam, with a licence for *Mijn toeslagen*."""
    sam = member(organisation(), team=team("Noord"))
    licence(sam)
    return sam


@pytest.fixture
def given(anna: Party, sam: Member) -> Mandate:
    """Anna's mandate for Samen Sterk."""
    return mandate_of(anna, sam.organisation, *KEYS)


def may_use(portal: Portal) -> list[list[str]]:
    """Give what the portal heard that may be used, each time."""
    return [event.data["diensten"] for event in heard(portal) if event.kind == MEMBER]


def of(sam: Member) -> Licence:
    return Licence.objects.get(member=sam, ended_at__isnull=True)


def seen(sam: Member) -> tuple[Member, int]:
    sam.refresh_from_db()
    return mia(), of(sam).version


def give(sam: Member) -> None:
    Licence.objects.all().delete()
    give_licence(by=mia(), member=sam.party_id, terms=terms(), now=NOW)


def pause(sam: Member) -> None:
    by, version = seen(sam)
    pause_licence(by=by, licence=of(sam).id, version=version, now=NOW)


def resume(sam: Member) -> None:
    pause(sam)
    OutboxRow.objects.all().delete()
    by, version = seen(sam)
    resume_licence(by=by, licence=of(sam).id, version=version, now=NOW)


def end(sam: Member) -> None:
    by, version = seen(sam)
    end_licence(by=by, licence=of(sam).id, version=version, now=NOW)


def change(sam: Member) -> None:
    by, version = seen(sam)
    change_licence(by=by, licence=of(sam).id, version=version, terms=terms(TAXES), now=NOW)


def widen(sam: Member) -> None:
    by, version = seen(sam)
    change_licence(by=by, licence=of(sam).id, version=version, terms=terms(*KEYS), now=NOW)


def renew(sam: Member) -> None:
    renew_licences(by=mia(), licences={of(sam).id: of(sam).version}, last_day=terms().last_day, now=NOW)


def move(sam: Member) -> None:
    sam.refresh_from_db()
    details = MemberDetails(**{**vars(MemberDetails.of(sam)), "team": team("Zuid").id})
    change_member(by=mia(), member=sam.party_id, version=sam.version, details=details, now=NOW)


def switch_off(sam: Member) -> None:
    block(organisation=sam.organisation_id, member=None, reason="X", by=OLGA, channel=Channel.PAGES, now=NOW)


def switch_on(sam: Member) -> None:
    switch_off(sam)
    OutboxRow.objects.all().delete()
    for operator in (OLGA, OTTO):
        unblock(block=Block.objects.get().id, by=operator, channel=Channel.PAGES, now=NOW)


def leave(sam: Member) -> None:
    end_member(by=mia(), member=sam.party_id, version=sam.version, now=NOW)


YES, NO = [[ALLOWANCES]], [[]]  # type: list[list[str]], list[list[str]]
OUTCOMES: list[tuple[Callable[[Member], None], list[list[str]]]] = [
    (give, YES),
    (pause, NO),
    (resume, YES),
    (end, NO),
    (change, NO),
    (widen, YES),
    (renew, YES),
    (move, YES),
    (switch_off, NO),
    (switch_on, YES),
    (leave, NO),
]


@pytest.mark.parametrize(("verb", "told"), OUTCOMES, ids=[verb.__name__ for verb, _ in OUTCOMES])
def test_it_tells_what_is_left(sam: Member, allowances: Portal, verb: Callable[[Member], None], told: object) -> None:
    verb(sam)
    tell()
    assert may_use(allowances) == told
    known = {"id": id_at(allowances, sam.party_id), "soort": "medewerker", "kvkNummer": "90000011"}
    assert [event.data["medewerker"] for event in heard(allowances)] == [known]


def test_it_tells_how_it_is_when_it_is_told(sam: Member, allowances: Portal) -> None:
    pause(sam)
    version = of(sam).version
    resume_licence(by=mia(), licence=of(sam).id, version=version, now=NOW)
    tell()
    assert may_use(allowances) == [*YES, *YES]


def test_it_tells_a_portal_of_its_own_services_only(sam: Member, allowances: Portal) -> None:
    taxes = hearing("belasting", TAXES)
    give_licence(by=mia(), member=sam.party_id, terms=terms(TAXES), now=NOW)
    tell()
    # That something changed elsewhere is not for the portal where everything is as it was.
    assert (may_use(taxes), kinds(allowances)) == ([[TAXES]], [])


def test_it_tells_a_portal_without_a_basis_of_who_was_there(given: Mandate, sam: Member) -> None:
    seen_there, never = hearing("gezien", ALLOWANCES, basis=""), hearing("nooit", ALLOWANCES, basis="")
    vera = member(organisation(), "Vera")
    used(given, seen_there, by=sam.party)
    used(given, never, by=vera.party)
    end(sam)
    tell()
    assert (may_use(seen_there), kinds(never)) == (NO, [])


def test_it_tells_nothing_of_who_has_not_begun(sam: Member, allowances: Portal) -> None:
    Member.objects.filter(party=sam.party_id).update(bound_at=None, pseudonym_digest="")
    end(sam)
    give_licence(by=mia(), member=sam.party_id, terms=terms(), now=NOW)
    tell()
    assert kinds(allowances) == []


def test_it_tells_of_licences_without_a_number_of_a_client(given: Mandate, sam: Member, allowances: Portal) -> None:
    end(sam)
    tell()
    text = str([event.data for event in heard(allowances)])
    assert str(given.representee_id) not in text
    assert str(sam.party_id) not in text
    assert "Sam" not in text


def test_it_tells_the_day_after_the_last_that_nothing_may_be_used(sam: Member, allowances: Portal) -> None:
    Licence.objects.update(last_day=TODAY)
    move(sam)
    tell(at=NOW + DAY)
    assert may_use(allowances) == NO


def test_it_tells_who_is_left_out_and_let_in_and_no_licence(
    given: Mandate, anna: Party, sam: Member, allowances: Portal
) -> None:
    used(given, allowances, by=sam.party)
    leave_out(mandate=given.id, member=sam.party_id, by=anna, now=NOW)
    tell()
    let_in_again(mandate=given.id, member=sam.party_id, by=anna, now=NOW)
    tell()
    known = {"id": id_at(allowances, sam.party_id), "soort": "medewerker", "kvkNummer": "90000011"}
    client = {"id": id_at(allowances, anna), "soort": "persoon"}
    assert kinds(allowances) == [LEFT_OUT, LEFT_OUT]
    assert [event.data for event in heard(allowances)] == [
        {"vertegenwoordigde": client, "medewerker": known, "uitgesloten": out} for out in (True, False)
    ]
    assert not OutboxRow.objects.filter(kind=Kind.LICENCE_CHANGED).exists()


def test_it_tells_of_a_client_only_where_the_member_logged_in_for_that_client(
    given: Mandate, anna: Party, sam: Member
) -> None:
    other = mandate_of(client_called("Bos"), sam.organisation)
    for_anna, for_other = hearing("een", ALLOWANCES, basis=""), hearing("ander", ALLOWANCES, basis="")
    taxes = hearing("belasting", "inkomstenbelasting")
    used(given, for_anna, by=sam.party)
    used(other, for_other, by=sam.party)
    leave_out(mandate=given.id, member=sam.party_id, by=anna, now=NOW)
    tell()
    assert (kinds(for_anna), kinds(for_other), kinds(taxes)) == ([LEFT_OUT], [], [LEFT_OUT])


def test_it_lets_no_licence_wait_behind_who_is_left_out(
    given: Mandate, anna: Party, sam: Member, allowances: Portal
) -> None:
    used(given, allowances, by=sam.party)
    leave_out(mandate=given.id, member=sam.party_id, by=anna, now=NOW)
    tell()
    let_in_again(mandate=given.id, member=sam.party_id, by=anna, now=NOW)
    end(sam)
    tell()
    lines = {kind: {one.about for one in heard(allowances) if one.kind == kind} for kind in (MEMBER, LEFT_OUT)}
    assert lines[MEMBER] == {sam.party_id}
    assert len(lines[LEFT_OUT]) == 1
    assert lines[LEFT_OUT] & {sam.party_id, anna.id} == set()


def test_it_tells_nothing_of_a_client_whose_mandate_has_ended(given: Mandate, anna: Party, sam: Member) -> None:
    there = hearing("een", ALLOWANCES)
    used(given, there, by=sam.party)
    given.lines.update(stopped_at=NOW, current=None)
    leave_out(mandate=given.id, member=sam.party_id, by=anna, now=NOW)
    tell()
    assert kinds(there) == []
