"""Who is not logged in any more goes back the way they came; who never was is asked which way."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.lib import clock
from namens.parties.models import Party
from tests.pages.visiting import arrive, send
from tests.people import NOW
from tests.working import member, organisation

PAGES = ["/activeren", "/gemachtigd-worden"]
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize("path", [*PAGES, "/werk"])
def test_it_asks_a_stranger_how_to_log_in(db: None, path: str) -> None:  # noqa: ARG001 - asked for its effect
    assert Client().get(path)["Location"].startswith("/signin/which?next=")


@pytest.mark.parametrize("path", PAGES)
def test_it_leads_a_private_helper_back_to_digid(bram: Party, path: str) -> None:
    at_bram = arrive(bram)
    with clock.frozen(LATER):
        assert at_bram.get(path)["Location"].startswith("/signin/digid?next=")
        assert send(at_bram, path)["Location"].startswith("/signin/digid/again?next=")


@pytest.mark.parametrize("path", PAGES)
def test_it_leads_a_member_back_to_eherkenning(path: str, db: None) -> None:  # noqa: ARG001 - asked for its effect
    at_sam = arrive(member(organisation()).party)
    with clock.frozen(LATER):
        assert at_sam.get(path)["Location"].startswith("/signin/eherkenning?next=")
        assert send(at_sam, path)["Location"].startswith("/signin/eherkenning/again?next=")


def test_it_asks_a_private_person_at_the_door_of_members(dirk: Party) -> None:
    at_dirk = arrive(dirk)
    with clock.frozen(LATER):
        assert at_dirk.get("/werk")["Location"].startswith("/signin/which?next=")
