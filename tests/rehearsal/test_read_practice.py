"""What the practice environment reads of Namens and does there: one cast only, by the actions that others use too."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from namens.helpdesk.models import Call
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.models import Mandate, Origin
from namens.organisations.actions import admit_login
from namens.organisations.models import Licence, Member
from namens.parties.actions import helper_number_of
from namens.parties.identifiers import Bsn, KvkNumber, Pseudonym
from namens.population import addresses
from namens.population.addresses import Addressed, Deliverable
from namens.population.answers import NotFound
from namens.signin.models import Role, Staff
from rehearsal.practice import acting, casts, crew, reading
from rehearsal.practice.book import Book
from rehearsal.practice.casts import CLIENT, HELPER, MANAGER, MEMBER, ORGANISATION, Cast
from rehearsal.practice.checks import SET
from tests import people
from tests.people import BSNS, NOW, TODAY
from tests.staff import make_staff

STATEMENTS = 6


@pytest.fixture
def cast(tmp_path: Path, catalogue: None) -> Cast:  # noqa: ARG001 - asked for its effect
    """A cast in which Anna is the client and Bram the helper, known at Namens."""
    made = casts.invent(claim=Book(tmp_path).claim, today=TODAY)
    anna, bram = replace(made.client, bsn=BSNS["anna"].digits), replace(made.helper, bsn=BSNS["bram"].digits)
    return replace(made, client=anna, helper=bram)


@pytest.fixture
def entered(cast: Cast) -> Cast:
    """The same, with its organisation let in."""
    crew.enter(cast, operator=make_staff("Olga", role=Role.OPERATOR).id, now=NOW)
    return cast


def test_it_reads_the_mandates_and_the_journal_of_its_own_people(cast: Cast) -> None:
    anna, bram = people.person("anna"), people.person("bram")
    month = people.terms(*SET, last_day=Duration.ONE_MONTH.last_day(TODAY))
    mandate = people.active(anna, bram, what=month)
    seen = reading.read(cast, since=NOW)
    given = seen.running(CLIENT, HELPER)
    assert given is not None
    assert (given.id, given.length, given.services) == (mandate.id, "1-month", SET)
    assert seen.last("mandate-offered", actor=CLIENT, subject=CLIENT)
    assert seen.last("mandate-activated", actor=HELPER, subject=CLIENT)


def test_it_reads_nothing_from_before_and_nothing_of_strangers(cast: Cast) -> None:
    people.give(people.person("dirk"), people.person("carla"))
    assert reading.read(cast, since=NOW).entries == ()
    people.give(people.person("anna"), people.person("bram"))
    assert reading.read(cast, since=NOW + timedelta(seconds=1)).entries == ()


def test_it_reads_all_of_it_in_few_statements(entered: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people.active(people.person("anna"), people.person("bram"))
    with django_assert_num_queries(STATEMENTS):
        reading.read(entered, since=NOW)


def test_it_lets_manager_and_member_log_in_and_gives_neither_a_licence(entered: Cast) -> None:
    for somebody in entered.organisation.members:
        came = admit_login(
            kvk=KvkNumber(entered.organisation.kvk),
            pseudonym=Pseudonym(somebody.pseudonym),
            establishment=None,
            invitation=None,
            now=NOW,
        )
        assert isinstance(came, Member)
        assert came.is_manager == (somebody == entered.manager)
    assert not Licence.objects.exists()
    assert set(reading.parts_of(entered).values()) >= {ORGANISATION, MANAGER, MEMBER}


def test_it_gives_each_cast_an_agent_with_whose_account_nobody_can_log_in(entered: Cast) -> None:
    agent = Staff.objects.get(email=entered.desk_email)
    assert agent.role == Role.HELPDESK_AGENT
    assert not agent.has_usable_password()


@pytest.fixture
def register(entered: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that knows the client without DigiD."""
    elder = entered.elder
    facts = people.told(people.person("anna")).person.facts

    def ask(*, bsn: Bsn, today: object) -> Addressed | NotFound:
        del today
        if bsn.digits != elder.bsn:
            return NotFound()
        home = Deliverable(recipient_name=elder.name, lines=(elder.address.line1, elder.address.line2))
        born = PartialDate.parse(elder.born)
        return Addressed(
            replace(facts, birth_date=born), address=home, postcode=elder.address.line2[:6], obstacles=frozenset()
        )

    monkeypatch.setattr(addresses, "ask_address", ask)


@pytest.mark.usefixtures("register")
def test_it_calls_the_helpdesk_by_the_real_action_and_hangs_up(entered: Cast) -> None:
    bram = people.person("bram")
    number = helper_number_of(party=bram, now=NOW)
    assert acting.call_the_helpdesk(entered, number=number.lower(), now=NOW) == ""
    mandate = Mandate.objects.get()
    assert (mandate.origin, mandate.representative, mandate.duration) == (Origin.BY_PHONE, bram, Duration.SIX_MONTHS)
    assert not Call.objects.filter(ends_at__gt=NOW).exists()


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("number", ["", "nonsense", "346789BCD"])
def test_it_says_that_a_helper_number_is_wrong(entered: Cast, number: str) -> None:
    assert acting.call_the_helpdesk(entered, number=number, now=NOW) == acting.WRONG_NUMBER
    assert not Mandate.objects.exists()
