"""Two managers at one moment, on connections of their own: one of them is told, and somebody stays manager."""

from collections.abc import Callable

import pytest

from namens.organisations.actions import LicenceTerms, change_licence, end_member
from namens.organisations.models import Licence, Member
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from tests.organisations.managing import mia, second_manager, terms
from tests.parallel import at_once
from tests.people import NOW, load_catalogue
from tests.working import licence, member, organisation

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(3)


def trying(action: Callable[[], object]) -> Callable[[], object]:
    """Give what the action gives, or its refusal as a value."""

    def tried() -> object:
        try:
            return action()
        except OrganisationRefused as refused:
            return refused.reason

    return tried


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_never_leaves_an_organisation_without_a_manager(_round: int) -> None:
    one, other = mia(), second_manager()

    def ends(by: Member, whom: Member) -> Callable[[], object]:
        return trying(lambda: end_member(by=by, member=whom.party_id, version=0, now=NOW))

    outcomes = at_once([ends(one, other), ends(other, one)])
    assert outcomes.count(OrganisationReason.NOT_A_MANAGER) == 1
    assert Member.objects.filter(is_manager=True, ended_at__isnull=True).count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_tells_the_second_who_changes_a_licence(_round: int) -> None:
    load_catalogue()
    one, other, held = mia(), second_manager(), licence(member(organisation()))

    def changes(by: Member, what: LicenceTerms) -> Callable[[], object]:
        return trying(lambda: change_licence(by=by, licence=held.id, version=0, terms=what, now=NOW))

    outcomes = at_once([changes(one, terms("inkomstenbelasting")), changes(other, terms("aow-en-pensioen"))])
    assert outcomes.count(OrganisationReason.CHANGED_MEANWHILE) == 1
    assert Licence.objects.get(id=held.id).version == 1
    assert Licence.objects.filter(later=held).count() == 1
