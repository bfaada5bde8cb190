"""`namens organisations list|admit|invite|block|unblock`."""

import pytest
from django.test import Client

from namens.organisations.models import Block, Member, Organisation
from namens.signin.models import Role, Staff
from tests.commands.saying import Namens, Said, refused, wrong
from tests.staff import make_staff

PERSON = ("--given-name", "Mia", "--family-name", "Jansen", "--email", "mia@samensterk.example")
ADMIT = ("organisations", "admit", "90000011", "Samen Sterk", *PERSON, "--by", "olga@namens.example")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operators() -> None:
    """Olga and Oscar (operators), Hester (helpdesk)."""
    for name, role in (("Olga", Role.OPERATOR), ("Oscar", Role.OPERATOR), ("Hester", Role.HELPDESK_AGENT)):
        make_staff(name, role=role)


def by(name: str) -> tuple[str, str]:
    return "--by", f"{name}@namens.example"


def test_it_admits_and_prints_a_link_that_works(namens: Namens) -> None:
    said = namens(*ADMIT, "--bsn-basis", "Wmo 2015")
    assert said.out.startswith("http://localhost:8000/organisatie/uitnodiging/")
    assert Client().get(said.out.strip().removeprefix("http://localhost:8000"), follow=True).status_code == 200
    made = Organisation.objects.get()
    assert (made.name, made.may_process_bsn, made.bsn_basis) == ("Samen Sterk", True, "Wmo 2015")


def test_it_lets_nobody_type_a_bsn_without_a_law(namens: Namens) -> None:
    namens(*ADMIT)
    assert not Organisation.objects.get().may_process_bsn


def test_it_lists_organisations_with_their_numbers_of_people(namens: Namens) -> None:
    namens(*ADMIT)
    assert namens("organisations", "list").out == "90000011  works    0 people, 0 managers, 0 licences: Samen Sterk\n"


def test_it_invites_a_second_manager_and_gives_a_new_link(namens: Namens) -> None:
    namens(*ADMIT)
    noor = ("--given-name", "Noor", "--family-name", "Smit", "--email", "noor@samensterk.example")
    first = namens("organisations", "invite", "90000011", *noor, *by("olga")).out
    again = namens("organisations", "invite", "90000011", *noor, *by("olga")).out
    assert first != again
    assert Member.objects.filter(is_manager=True).count() == 2


def test_it_stops_and_undoes_with_two_operators(namens: Namens) -> None:
    namens(*ADMIT)
    stopped = namens("organisations", "block", "90000011", "--reason", "Melding", *by("olga"))
    assert stopped.out == "stopped; two operators are needed to undo it\n"
    undo = ("organisations", "unblock", "90000011")
    assert namens(*undo, *by("olga")).out == "proposed; another operator agrees with the same command\n"
    assert namens(*undo, *by("olga")) == refused("second-operator-needed")
    assert namens(*undo, *by("oscar")) == Said(0, "undone\n", "")
    assert namens(*undo, *by("oscar")) == refused("not-blocked")


def test_it_stops_one_member(namens: Namens) -> None:
    namens(*ADMIT)
    namens("organisations", "block", "90000011", "--member", "MIA@samensterk.example", "--reason", "X", *by("olga"))
    assert Block.objects.get().member == Member.objects.get()
    said = namens("organisations", "block", "90000011", "--member", "x@x.nl", "--reason", "X", *by("olga"))
    assert said == refused("unknown-member")


@pytest.mark.parametrize("who", ["hester", "dirk"])
def test_it_listens_to_operators_only(namens: Namens, who: str) -> None:
    said = namens(*ADMIT[:-1], f"{who}@namens.example")
    assert said == wrong("--by: no running operator account has this e-mail address; see `namens staff list`")
    Staff.objects.filter(name="Olga").update(is_active=False, ended_at="2026-11-23T09:00:00Z")
    assert namens(*ADMIT).status == 2
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("place", "typed", "told"),
    [
        (2, "9000001", "KVK: a KvK number has 8 digits"),
        (9, "mia", "--email: this is not an e-mail address"),
    ],
)
def test_it_refuses_what_cannot_be(namens: Namens, place: int, typed: str, told: str) -> None:
    words = [*ADMIT[:place], typed, *ADMIT[place + 1 :]]
    assert namens(*words) == wrong(told)


def test_it_knows_no_other_organisation(namens: Namens) -> None:
    said = namens("organisations", "block", "90000099", "--reason", "X", *by("olga"))
    assert said == refused("unknown-organisation")
