"""`namens staff invite|end|list`."""

import pytest
from django.test import Client

from namens.signin.models import Staff
from tests.commands.saying import Namens, Said, refused, wrong

INVITE = ("staff", "invite", "Hester", "--email", "hester@namens.example", "--role", "helpdesk_agent", "--by", "olga")

pytestmark = pytest.mark.django_db


def test_it_prints_a_link_that_works(namens: Namens) -> None:
    said = namens(*INVITE)
    assert said.out.startswith("http://localhost:8000/medewerkers/uitnodiging/")
    path = said.out.strip().removeprefix("http://localhost:8000")
    assert Client().get(path, follow=True).status_code == 200


def test_it_lists_who_works_here(namens: Namens) -> None:
    namens(*INVITE)
    assert "helpdesk_agent  runs, invited, has not begun: Hester" in namens("staff", "list").out
    assert namens("staff", "end", "hester@namens.example", "--by", "olga") == Said(
        0, "the account of Hester has ended\n", ""
    )
    assert "ended 20" in namens("staff", "list").out


def test_it_refuses_an_account_that_it_does_not_know(namens: Namens) -> None:
    assert namens("staff", "end", "nobody@namens.example", "--by", "olga") == refused("unknown-staff")


def test_it_refuses_an_address_that_is_none(namens: Namens) -> None:
    said = namens("staff", "invite", "X", "--email", "x", "--role", "auditor", "--by", "olga")
    assert said == wrong("--email: this is not an e-mail address")
    assert not Staff.objects.exists()
