"""An operator lets organisations in, or not, and invites their managers."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.organisations.actions import Terms, propose
from namens.organisations.models import Member, MemberInvitation, Organisation, Status
from namens.parties.identifiers import KvkNumber
from tests.pages.operator.operating import ADMITS, does, link_on, page_of
from tests.pages.visiting import shown, title
from tests.people import NOW
from tests.working import member, organisation

PERSON = {name: ADMITS[name] for name in ("given_name", "family_name", "email")}


@pytest.fixture
def asked(db: None) -> Organisation:  # noqa: ARG001 - asked for its effect
    """An organisation that asked to join."""
    terms = Terms(KvkNumber("90000031"), "De Linde", "Wmo 2015", may_process_bsn=True)
    return propose(terms=terms, contact_name="Tineke Bos", contact_email="tineke@delinde.example", now=NOW)


def test_it_admits_an_organisation_and_shows_the_link_once(at_olga: Client) -> None:
    page = at_olga.post(reverse("pages:organisation-admit-new"), ADMITS, follow=True)
    made = Organisation.objects.get()
    assert (made.kvk_number, made.status, made.may_process_bsn) == ("90000031", Status.ADMITTED, False)
    assert "Tineke Bos is uitgenodigd" in shown(page)
    assert Client().get(link_on(page), follow=True).status_code == 200
    again = at_olga.get(reverse("pages:organisation-invited", args=[made.party_id]))
    assert "U hebt de link al gezien" in shown(again)
    assert "uitnodiging/" not in again.content.decode()


def test_it_never_keeps_the_link_readable_in_the_session(at_olga: Client) -> None:
    at_olga.post(reverse("pages:organisation-admit-new"), ADMITS)
    kept = str(dict(at_olga.session))
    token = link_on(at_olga.get(reverse("pages:organisation-invited", args=[Organisation.objects.get().party_id])))
    assert token.rpartition("/")[2] not in kept


def test_it_fills_in_what_was_asked_and_admits_it(at_olga: Client, asked: Organisation) -> None:
    page = at_olga.get(reverse("pages:organisation-admit", args=[asked.party_id]))
    assert all(f'value="{said}"' in page.content.decode() for said in ("90000031", "De Linde", "Wmo 2015"))
    does(at_olga, "admit", asked, ADMITS)
    assert Organisation.objects.get().status == Status.ADMITTED
    assert Member.objects.get().is_manager


def test_it_does_not_admit_after_a_question(at_olga: Client, asked: Organisation) -> None:
    page = shown(at_olga.get(reverse("pages:organisation-refuse", args=[asked.party_id])))
    assert "Tineke Bos, tineke@delinde.example" in page
    assert Organisation.objects.get().status == Status.PROPOSED
    assert "Niet toegelaten" in shown(does(at_olga, "refuse", asked))
    assert "Hier wacht niets meer op u" in shown(does(at_olga, "refuse", asked))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kvk_number": "123"}, "Vul alle 8 cijfers van het KvK-nummer in"),
        ({"kvk_number": ""}, "Vul het KvK-nummer in"),
        ({"may_process_bsn": "yes"}, "Vul de wet en de taak in"),
        ({"email": "x"}, "Vul een e-mailadres in"),
        ({"name": "a\u202eb"}, "gewone letters"),
        ({"kvk_number": "90000011"}, "Wij kennen al een organisatie met dit KvK-nummer"),
    ],
)
def test_it_says_what_to_do_with_what_cannot_be(at_olga: Client, typed: dict[str, str], told: str) -> None:
    organisation()
    page = at_olga.post(reverse("pages:organisation-admit-new"), ADMITS | typed)
    assert told in shown(page)
    assert title(page).startswith("Fout:")
    assert (Organisation.objects.count(), Member.objects.count()) == (1, 0)


def test_it_invites_a_second_manager(at_olga: Client) -> None:
    works_for = organisation()
    member(works_for, "Mia", is_manager=True)
    assert "Er is geen tweede beheerder" in shown(at_olga.get(page_of(works_for)))
    page = does(at_olga, "manager", works_for, PERSON)
    assert link_on(page)
    assert Member.objects.get(email="tineke@delinde.example").is_manager
    assert "Iemand van deze organisatie heeft dit e-mailadres al" in shown(does(at_olga, "manager", works_for, PERSON))


def test_it_gives_a_new_link_to_who_has_not_begun(at_olga: Client) -> None:
    works_for = organisation()
    does(at_olga, "manager", works_for, PERSON)
    invited = Member.objects.get()
    address = reverse("pages:organisation-invite-again", args=[works_for.party_id, invited.party_id])
    assert link_on(at_olga.post(address, follow=True))
    assert MemberInvitation.objects.filter(closed_at__isnull=True).count() == 1
    mia = member(works_for, "Mia")
    address = reverse("pages:organisation-invite-again", args=[works_for.party_id, mia.party_id])
    assert at_olga.post(address).status_code == 409
