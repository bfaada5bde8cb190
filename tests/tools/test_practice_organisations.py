"""The organisations of the rehearsal work with Namens as soon as a practice starts."""

import pytest

from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.organisations.actions import admit_login
from namens.organisations.models import Licence, Member, Organisation
from namens.organisations.refusals import OrganisationReason
from namens.parties.identifiers import KvkNumber, Pseudonym
from namens.signin.models import Role
from rehearsal import organisations
from tests.staff import make_staff
from tools import practice_staff
from tools.practice_organisations import admit_all

pytestmark = pytest.mark.usefixtures("catalogue")
EVERY = organisations.load().all


@pytest.fixture(autouse=True)
def olga(db: None) -> None:  # noqa: ARG001 - asked for its effect
    """The operator of a practice."""
    assert make_staff("Olga", role=Role.OPERATOR).email == practice_staff.OPERATOR


def test_it_lets_everybody_in_who_has_a_role_and_nobody_else() -> None:
    admit_all()
    for one in EVERY:
        for somebody in one.members:
            came = admit_login(
                kvk=KvkNumber(one.kvk),
                pseudonym=Pseudonym(somebody.pseudonym),
                establishment=None,
                invitation=None,
                now=clock.now(),
            )
            if somebody.role:
                assert isinstance(came, Member)
                assert (came.full_name, came.is_manager) == (somebody.name, somebody.role == "manager")
            else:
                assert came is OrganisationReason.UNKNOWN_MEMBER


def test_it_gives_two_managers_and_licences_to_all_but_the_first() -> None:
    admit_all()
    for works_for in Organisation.objects.all():
        assert works_for.members.filter(is_manager=True).count() == 2
        assert works_for.members.count() - 1 == Licence.objects.filter(member__organisation=works_for).count()
    assert Organisation.objects.filter(may_process_bsn=False).get().name == "Buurthuis De Linde"


def test_it_changes_nothing_the_second_time() -> None:
    admit_all()
    written = JournalEntry.objects.count()
    admit_all()
    assert (JournalEntry.objects.count(), Organisation.objects.count()) == (written, len(EVERY))
