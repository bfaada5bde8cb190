"""An organisation asks to join, without a login."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from namens.lib.limits import Limit
from namens.organisations.models import Organisation, Status
from tests.pages.visiting import Answered, shown, title
from tests.working import organisation

pytestmark = pytest.mark.django_db
APPLY = "/organisatie/aanmelden"
SAID = {
    "kvk_number": "90000031",
    "name": "Buurthuis De Linde",
    "may_process_bsn": "yes",
    "bsn_basis": "Wmo 2015, artikel 5.1.1",
    "contact_name": "Tineke Bos",
    "contact_email": "tineke@delinde.example",
}


def applies(**typed: str) -> Answered:
    return Client().post(APPLY, SAID | typed, follow=True)


def test_it_keeps_what_was_said_and_says_what_happens_next() -> None:
    page = shown(applies())
    assert "Wij hebben uw aanmelding" in page
    assert "Wij kijken in het Handelsregister" in page
    kept = Organisation.objects.get()
    assert (kept.status, kept.name, kept.bsn_basis) == (Status.PROPOSED, "Buurthuis De Linde", SAID["bsn_basis"])
    assert (kept.contact_name, kept.contact_email) == ("Tineke Bos", "tineke@delinde.example")


def test_it_keeps_no_legal_basis_that_goes_with_a_no() -> None:
    applies(may_process_bsn="no")
    assert (Organisation.objects.get().may_process_bsn, Organisation.objects.get().bsn_basis) == (False, "")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kvk_number": "1234567x"}, "Vul alle 8 cijfers van het KvK-nummer in"),
        ({"kvk_number": "9" * 300}, "Dit is te lang"),
        ({"name": "x" * 151}, "Vul hoogstens 150 tekens in"),
        ({"bsn_basis": ""}, "Vul de wet en de taak in"),
        ({"bsn_basis": "x" * 301}, "Vul hoogstens 300 tekens in"),
        ({"may_process_bsn": "perhaps"}, "Kies een van de antwoorden"),
        ({"contact_email": "t@localhost"}, "Vul een e-mailadres in"),
    ],
)
def test_it_says_what_to_do_with_what_cannot_be(typed: dict[str, str], told: str) -> None:
    page = applies(**typed)
    assert told in shown(page)
    assert title(page).startswith("Fout:")
    assert not Organisation.objects.exists()


def test_it_changes_nothing_of_an_organisation_that_is_known() -> None:
    known = organisation()
    page = applies(kvk_number=known.kvk_number)
    assert "Wij kennen al een organisatie met dit KvK-nummer" in shown(page)
    known.refresh_from_db()
    assert (known.name, known.status) == ("Samen Sterk", Status.ADMITTED)


def test_it_takes_so_many_a_day_and_then_asks_to_come_back(settings: LazySettings) -> None:
    settings.PROPOSALS = Limit(times=1, window=timedelta(hours=24))
    applies()
    page = applies(kvk_number="90000032")
    assert page.status_code == 429
    assert "Er melden zich nu veel organisaties aan" in shown(page)
    assert Organisation.objects.count() == 1


def test_it_leads_there_from_the_front_page_without_a_login() -> None:
    assert reverse("pages:organisation-apply") == APPLY
    assert f'href="{APPLY}"' in Client().get("/").content.decode()
