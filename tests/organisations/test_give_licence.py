"""Giving a licence: by a manager, to a colleague, for services and days that can be."""

from datetime import date, timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.organisations.actions import LicenceTerms, end_member, give_licence
from namens.organisations.models import Licence, Member
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.models import Party
from tests.organisations.managing import carla, losing, mia, second_manager, team, terms
from tests.people import NOW, TODAY
from tests.working import member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def give(by: Member, to: Member, what: LicenceTerms | None = None) -> Licence:
    return give_licence(by=by, member=to.party_id, terms=what or terms(), now=NOW)


def refused(by: Member, to: Member, what: LicenceTerms | None = None) -> OrganisationReason:
    with pytest.raises(OrganisationRefused) as refusal:
        give(by, to, what)
    assert not Licence.objects.exists()
    return refusal.value.reason


def test_it_gives_a_licence_and_says_so_once_in_the_journal() -> None:
    sam = member(organisation())
    given = give(mia(), sam, terms("mijn-toeslagen", "inkomstenbelasting", for_team=team()))
    assert [service.key for service in given.services.all()] == ["mijn-toeslagen", "inkomstenbelasting"]
    assert (given.first_day, given.last_day, given.team) == (TODAY, date(2027, 11, 22), given.team)
    entry = JournalEntry.objects.get(event=Event.LICENCE_GIVEN)
    assert (entry.actor, entry.subject) == (mia().party_id, sam.party_id)
    assert entry.details["services"] == ["inkomstenbelasting", "mijn-toeslagen"]
    assert losing() == []


def test_it_lets_no_manager_give_an_own_licence() -> None:
    assert refused(mia(), mia()) == OrganisationReason.OWN_LICENCE


def test_it_lets_nobody_else_give_one(dirk: Party) -> None:
    sam, vera = member(organisation()), member(organisation(), "Vera")
    assert refused(sam, vera) == OrganisationReason.NOT_A_MANAGER
    assert refused(carla(), sam) == OrganisationReason.UNKNOWN_MEMBER
    assert refused(Member(party=dirk, organisation=organisation()), sam) == OrganisationReason.NOT_A_MANAGER


def test_it_refuses_who_was_manager_until_just_now() -> None:
    sam, noor = member(organisation()), second_manager()
    mia()
    stale = Member.objects.get(party=noor.party)
    end_member(by=mia(), member=noor.party_id, version=0, now=NOW)
    assert refused(stale, sam) == OrganisationReason.NOT_A_MANAGER
    Member.objects.filter(party=mia().party).update(is_manager=False)
    assert refused(mia(), sam) == OrganisationReason.NOT_A_MANAGER


def test_it_refuses_a_member_who_has_left() -> None:
    sam = member(organisation())
    end_member(by=mia(), member=sam.party_id, version=0, now=NOW)
    assert refused(mia(), sam) == OrganisationReason.UNKNOWN_MEMBER


def test_it_refuses_services_that_organisations_are_not_mandated_for() -> None:
    sam = member(organisation())
    assert refused(mia(), sam, terms("uitkering-aanvragen")) == OrganisationReason.LICENCE_SERVICE_NOT_OFFERED
    assert refused(mia(), sam, terms("bestaat-niet")) == OrganisationReason.LICENCE_SERVICE_NOT_OFFERED
    nothing = LicenceTerms(services=frozenset(), first_day=TODAY, last_day=TODAY)
    assert refused(mia(), sam, nothing) == OrganisationReason.LICENCE_NO_SERVICE


def test_it_refuses_a_team_of_others_or_one_that_is_closed() -> None:
    sam, elsewhere, closed = member(organisation()), team("Zuid", of="De Brug"), team("Oost")
    closed.closed_at = NOW
    closed.save()
    assert refused(mia(), sam, terms(for_team=elsewhere)) == OrganisationReason.UNKNOWN_TEAM
    assert refused(mia(), sam, terms(for_team=closed)) == OrganisationReason.UNKNOWN_TEAM


@pytest.mark.parametrize(
    ("first_day", "last_day", "reason"),
    [
        (TODAY - timedelta(days=1), TODAY, OrganisationReason.LICENCE_DAY_PAST),
        (TODAY, TODAY - timedelta(days=1), OrganisationReason.LICENCE_DAYS_WRONG),
        (TODAY + timedelta(days=91), date(2027, 11, 22), OrganisationReason.LICENCE_FIRST_DAY_TOO_FAR),
        (TODAY, date(2027, 11, 23), OrganisationReason.LICENCE_TOO_LONG),
        (date(2026, 12, 1), date(2027, 12, 1), OrganisationReason.LICENCE_TOO_LONG),
    ],
)
def test_it_refuses_days_that_cannot_be(first_day: date, last_day: date, reason: OrganisationReason) -> None:
    what = terms(first_day=first_day, last_day=last_day)
    assert refused(mia(), member(organisation()), what) == reason


def test_it_takes_the_last_possible_days() -> None:
    give(mia(), member(organisation()), terms(first_day=TODAY, last_day=date(2027, 11, 22)))
    later = TODAY + timedelta(days=90)
    give(mia(), member(organisation(), "Vera"), terms(first_day=later, last_day=date(2028, 2, 20)))
    assert Licence.objects.count() == 2
