"""An organisation gets another name, leaves, or goes on under another KvK number."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from namens.journal.events import Channel, Event
from namens.lib import clock
from namens.organisations.actions import (
    NewMember,
    Terms,
    agree_to_merger,
    leave,
    propose_merger,
    refuse_merger,
    rename,
)
from namens.organisations.models import Merger, Organisation, Status
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.outbox.models import Kind
from namens.parties.identifiers import KvkNumber
from tests.organisations.joining import DE_BRUG, LAST_DAY, OLGA, OTTO, admitted, noted, put
from tests.people import NOW, TODAY
from tests.working import organisation

pytestmark = pytest.mark.django_db
MERGED = KvkNumber("90000055")
NOOR = NewMember("Noor", "Smit", "noor@samen.example")


def leaves(works_for: Organisation, *, last_day: date = LAST_DAY) -> Organisation:
    return leave(organisation=works_for.party_id, last_day=last_day, by=OLGA, channel=Channel.PAGES, now=NOW)


def proposed(works_for: Organisation, *, kvk: KvkNumber = MERGED, last_day: date = LAST_DAY) -> Merger:
    return propose_merger(
        organisation=works_for.party_id,
        terms=Terms(kvk, "Samen Verder", "Wmo 2015", may_process_bsn=True),
        manager=NOOR,
        last_day=last_day,
        by=OLGA,
        channel=Channel.PAGES,
        now=NOW,
    )


def agreed(merger: Merger, *, by: UUID = OTTO) -> Organisation:
    return agree_to_merger(merger=merger.id, by=by, channel=Channel.PAGES, now=NOW).organisation


def test_it_gets_another_name() -> None:
    works_for = organisation()
    rename(organisation=works_for.party_id, name=" Samen Verder ", by=OLGA, channel=Channel.PAGES, now=NOW)
    assert Organisation.objects.get().name == "Samen Verder"
    assert (noted(Event.ORGANISATION_RENAMED).actor, noted(Event.ORGANISATION_RENAMED).details) == (OLGA, {})


def test_it_leaves_on_a_day_and_lets_the_worker_end_its_mandates() -> None:
    works_for = organisation()
    leaves(works_for)
    assert Organisation.objects.get().last_day == LAST_DAY
    assert put(Kind.ORGANISATION_LEAVES) == [{"organisation": str(works_for.party_id)}]
    assert noted(Event.ORGANISATION_LEAVES).details == {"last_day": "2026-12-31"}


def test_it_can_leave_earlier_and_never_later() -> None:
    works_for = organisation()
    leaves(works_for)
    leaves(works_for, last_day=TODAY)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.DAY_NOT_POSSIBLE):
        leaves(works_for)
    assert Organisation.objects.get().last_day == TODAY


def test_it_leaves_on_no_day_that_is_past() -> None:
    with pytest.raises(OrganisationRefused, match=OrganisationReason.DAY_NOT_POSSIBLE):
        leaves(organisation(), last_day=TODAY - timedelta(days=1))
    assert Organisation.objects.get().last_day is None


def test_it_changes_nothing_of_who_left_or_was_never_there() -> None:
    works_for = organisation()
    Organisation.objects.update(last_day=TODAY - timedelta(days=1))
    with pytest.raises(OrganisationRefused, match=OrganisationReason.ORGANISATION_GONE):
        leaves(works_for)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.ORGANISATION_GONE):
        proposed(works_for)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.UNKNOWN_ORGANISATION):
        rename(organisation=UUID(int=9), name="X", by=OLGA, channel=Channel.PAGES, now=NOW)


def test_it_merges_when_a_second_operator_agrees() -> None:
    old = organisation()
    merger = proposed(old)
    assert not Organisation.objects.filter(kvk_number=MERGED.digits).exists()
    new = agreed(merger)
    old.refresh_from_db()
    assert (new.status, new.kvk_number, new.may_process_bsn) == (Status.ADMITTED, MERGED.digits, True)
    assert (old.successor, old.last_day) == (new, LAST_DAY)
    assert new.members.get().email == NOOR.email
    assert put(Kind.ORGANISATION_MERGED) == [{"merger": str(merger.id)}]
    assert put(Kind.ORGANISATION_LEAVES) == [{"organisation": str(old.party_id)}]
    assert (noted(Event.MERGER_PROPOSED).actor, noted(Event.MERGER_AGREED).actor) == (OLGA, OTTO)


def test_it_does_not_merge_on_the_word_of_one_operator() -> None:
    merger = proposed(organisation())
    with pytest.raises(OrganisationRefused, match=OrganisationReason.SECOND_OPERATOR):
        agreed(merger, by=OLGA)
    assert Organisation.objects.count() == 1
    assert Merger.objects.get().agreed_at is None


def test_it_does_not_merge_after_a_no() -> None:
    works_for = organisation()
    merger = proposed(works_for)
    refuse_merger(merger=merger.id, by=OTTO, channel=Channel.PAGES, now=NOW)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.NOTHING_PROPOSED):
        agreed(merger)
    assert noted(Event.MERGER_REFUSED).actor == OTTO
    assert proposed(works_for).id != merger.id


def test_it_proposes_one_merger_at_a_time_and_to_a_new_number_only() -> None:
    works_for = organisation()
    admitted(DE_BRUG, name="De Brug")
    with pytest.raises(OrganisationRefused, match=OrganisationReason.KVK_NUMBER_TAKEN):
        proposed(works_for, kvk=DE_BRUG)
    proposed(works_for)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.ALREADY_PROPOSED):
        proposed(works_for)


def test_it_merges_into_nothing_that_was_admitted_meanwhile() -> None:
    merger = proposed(organisation())
    admitted(MERGED, name="Van een ander")
    with pytest.raises(OrganisationRefused, match=OrganisationReason.KVK_NUMBER_TAKEN):
        agreed(merger)
    assert Organisation.objects.get(kvk_number="90000011").last_day is None
    assert put(Kind.ORGANISATION_LEAVES) == []
    assert clock.day_of(NOW) == TODAY
