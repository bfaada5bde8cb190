"""The link of an invitation, and the first login with the rehearsal eHerkenning; every way in which it is refused."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.organisations.actions import Invited, NewMember, block
from namens.organisations.models import Member
from namens.parties.identifiers import KvkNumber
from tests.organisations.joining import OLGA, admitted, invited_by
from tests.pages.visiting import shown
from tests.signin.walking import AT_WORK, Person, choose, start_url

SAMEN_STERK, DE_BRUG, ZONDERDAM = KvkNumber("00110019"), KvkNumber("00220027"), KvkNumber("00330035")
MARIJKE, JOOST, CARLA, SAME = "SST-6F1C20", "SST-A4470B", "DBR-71E4A0", "P-100200"
WELCOME = "/organisatie/welkom"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("digid")]


@pytest.fixture
def link() -> Invited:
    """Marijke is invited as the first manager of Samen Sterk."""
    return admitted(SAMEN_STERK, manager=NewMember("Marijke", "Blom", "m@samensterk.example"), now=clock.now()).invited


def opened(visitor: Person, link: Invited) -> HttpResponse:
    """Open the link and give the page behind it."""
    moved = visitor.get(reverse("pages:member-arrive", args=[link.token]))
    assert link.token not in moved["Location"]
    return visitor.get(moved["Location"])


def logs_in(visitor: Person, pseudonym: str, *, kvk: KvkNumber = SAMEN_STERK, next_path: str = WELCOME) -> HttpResponse:
    """Log in with eHerkenning from the page of the invitation."""
    address = visitor.leave_for_broker(next_path, broker=AT_WORK)
    return visitor.come_back(choose(address, person=f"{kvk.digits}:{pseudonym}", level="loa3"))


def begins(link: Invited, pseudonym: str, *, kvk: KvkNumber = SAMEN_STERK) -> Person:
    """Let somebody open the link and log in, and give the browser."""
    visitor = Person(Client())
    opened(visitor, link)
    assert logs_in(visitor, pseudonym, kvk=kvk).status_code == 302
    return visitor


def refusals() -> list[str]:
    return list(
        JournalEntry.objects.filter(event=Event.SIGN_IN_REFUSED).order_by("id").values_list("result", flat=True)
    )


def test_it_says_who_invites_for_which_organisation_and_leads_to_eherkenning(visitor: Person, link: Invited) -> None:
    page = opened(visitor, link)
    assert "U bent uitgenodigd door Samen Sterk" in shown(page)
    assert "Marijke Blom, u kunt beheerder worden van Samen Sterk" in shown(page)
    assert (
        f"{start_url(AT_WORK)}?{urlencode({'next': WELCOME, 'level': 'low'})}".replace("&", "&amp;")
        in page.content.decode()
    )
    assert link.token not in page.content.decode()
    assert link.token not in str(dict(visitor.browser.session))


def test_it_binds_the_first_login_and_welcomes(visitor: Person, link: Invited) -> None:
    opened(visitor, link)
    answer = logs_in(visitor, MARIJKE)
    assert answer["Location"] == WELCOME
    page = shown(visitor.get(WELCOME))
    assert "Welkom, Marijke Blom" in page
    assert "U bent de enige beheerder" in page
    assert Member.objects.get().bound_at is not None


def test_it_needs_no_link_at_the_next_login(link: Invited) -> None:
    begins(link, MARIJKE)
    again = Person(Client())
    assert logs_in(again, MARIJKE, next_path="/").status_code == 302
    assert again.browser.session["party"] == str(link.member.party_id)


def test_it_invites_a_colleague_who_reads_by_whom(link: Invited) -> None:
    begins(link, MARIJKE)
    colleague = invited_by(Member.objects.get(), NewMember("Joost", "van Leeuwen", "j@x.example"), now=clock.now())
    visitor = Person(Client())
    page = shown(opened(visitor, colleague))
    assert "Marijke Blom nodigt u uit." in page
    assert "u kunt cliënten helpen namens Samen Sterk" in page
    assert logs_in(visitor, JOOST).status_code == 302
    assert "een licentie nodig" in shown(visitor.get(WELCOME))


def test_it_refuses_an_invitation_used_twice(visitor: Person, link: Invited) -> None:
    begins(link, MARIJKE)
    page = opened(visitor, link)
    assert page.status_code == 404
    assert "Deze uitnodiging is al gebruikt. Was u dat? Log dan in zonder de uitnodiging." in shown(page)


def test_it_refuses_another_person_who_opened_the_link_before_it_was_used(visitor: Person, link: Invited) -> None:
    opened(visitor, link)
    begins(link, MARIJKE)
    page = logs_in(visitor, JOOST)
    assert page.status_code == 403
    assert "Zeg het meteen tegen uw beheerder" in shown(page)
    assert refusals() == ["member-invitation-used"]
    assert "party" not in visitor.browser.session
    assert logs_in(visitor, JOOST).status_code == 403
    assert refusals()[-1] == "unknown-member"


def test_it_refuses_an_invitation_after_its_end(visitor: Person, link: Invited) -> None:
    opened(visitor, link)
    with clock.frozen(_later(link)):
        page = opened(visitor, link)
    assert page.status_code == 404
    assert "Uw uitnodiging werkt niet meer. Vraag uw beheerder om een nieuwe." in shown(page)


def test_it_refuses_a_login_for_another_organisation_and_lets_the_right_one_follow(
    visitor: Person, link: Invited
) -> None:
    admitted(DE_BRUG, name="De Brug", now=clock.now())
    opened(visitor, link)
    page = logs_in(visitor, CARLA, kvk=DE_BRUG)
    assert page.status_code == 403
    assert "U logde in voor een andere organisatie" in shown(page)
    assert not Member.objects.filter(bound_at__isnull=False).exists()
    assert logs_in(visitor, MARIJKE).status_code == 302


def test_it_keeps_people_with_one_pseudonym_at_two_organisations_apart() -> None:
    links = [(admitted(kvk, name=f"{kvk.digits}", now=clock.now()).invited, begins) for kvk in (DE_BRUG, ZONDERDAM)]
    begins(links[0][0], SAME, kvk=DE_BRUG)
    stranger = Person(Client())
    assert logs_in(stranger, SAME, kvk=ZONDERDAM).status_code == 403
    begins(links[1][0], SAME, kvk=ZONDERDAM)
    assert Member.objects.filter(bound_at__isnull=False).count() == 2


def test_it_refuses_who_works_here_already_and_leaves_the_invitation_to_the_right_person(link: Invited) -> None:
    mia = begins(link, MARIJKE)
    other = invited_by(Member.objects.get(), NewMember("Joost", "van Leeuwen", "j@x.example"), now=clock.now())
    opened(mia, other)
    assert "Deze uitnodiging is dus voor iemand anders" in shown(logs_in(mia, MARIJKE))
    assert Member.objects.get(party=other.member.party_id).bound_at is None
    begins(other, JOOST)


def test_it_uses_an_invitation_only_for_a_login_from_its_page(visitor: Person, link: Invited) -> None:
    opened(visitor, link)
    assert logs_in(visitor, MARIJKE, next_path="/").status_code == 403
    assert refusals() == ["unknown-member"]
    assert Member.objects.get().bound_at is None


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00"])
def test_it_knows_no_invented_link(visitor: Person, token: str) -> None:
    visitor.browser.get(f"/organisatie/uitnodiging/{token}")
    page = visitor.get("/organisatie/uitnodiging")
    assert page.status_code == 404
    assert "Uw uitnodiging werkt niet meer" in shown(page)


def test_it_lets_nobody_in_of_an_organisation_that_was_stopped(link: Invited) -> None:
    begins(link, MARIJKE)
    works_for = link.member.organisation_id
    block(organisation=works_for, member=None, reason="X", by=OLGA, channel=Channel.PAGES, now=clock.now())
    page = logs_in(Person(Client()), MARIJKE, next_path="/")
    assert page.status_code == 403
    assert "dat is stopgezet" in shown(page)
    assert refusals() == ["blocked"]


def test_it_has_no_welcome_for_who_is_not_logged_in_for_an_organisation(visitor: Person) -> None:
    assert visitor.get(WELCOME).status_code == 302
    visitor.log_in("dirk")
    assert re.search("elsewhere", visitor.get(WELCOME)["Location"])


def _later(link: Invited) -> datetime:
    return link.expires_at + timedelta(seconds=1)
