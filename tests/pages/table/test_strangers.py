"""Every address at the table and of appointments, for whoever has no business there."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from namens.mandates.models import Mandate, MandateRequest
from namens.organisations.models import Member
from namens.pages.appointments import urls as of_appointments
from namens.pages.table import urls as of_table
from namens.parties.models import Party
from namens.signin import drafts
from tests.at_table import hands_off
from tests.meeting import meets, plan
from tests.pages.visiting import arrive
from tests.people import NOW, active
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
NOTHING_THERE = {302, 403, 404, 405}


def every_address(bram: Party, anna: Party) -> Iterator[tuple[str, str]]:
    """Give all addresses of something of Bram's, with what it is."""
    ids = {
        "draft": drafts.begin(party=bram, journey="table", answers={}, now=NOW).id,
        "asked": hands_off(bram).hand_off.request_id,
        "appointment": meets(bram).id,
        "mandate": active(anna, bram).id,
        "role": "client",
    }
    for pattern in (*of_table.urlpatterns, *of_appointments.urlpatterns):
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.converters
        if names and "plain" not in names:
            yield str(pattern.name), reverse(f"pages:{pattern.name}", kwargs={name: ids[name] for name in names})


@pytest.mark.parametrize("who", ["dirk", "anna", "nobody", "without-licence", "elsewhere", "ended"])
def test_it_gives_nothing_of_bram_to_anybody_else(bram: Party, anna: Party, dirk: Party, who: str) -> None:
    browser = _browser(who, anna=anna, dirk=dirk)
    before = _all_there_is()
    for name, address in every_address(bram, anna):
        for answer in (browser.get(address), browser.post(address, {"outcome": "held", "again": "on", "label": "x"})):
            assert answer.status_code in NOTHING_THERE, (name, answer.status_code)
            assert "Mevrouw A." not in answer.content.decode(), name
            assert answer.status_code != 302 or "signin" in answer["Location"], (name, answer["Location"])
    made = {key: after - before[key] for key, after in _all_there_is().items()}
    assert made == {"requests": 2, "withdrawn": 0, "active": 1}


@pytest.mark.parametrize("who", ["without-licence", "licence-for-less"])
def test_it_gives_nothing_of_a_colleague_out_of_reach(who: str) -> None:
    works_for = organisation()
    sam = member(works_for)
    licence(sam, "mijn-toeslagen", "inkomstenbelasting")
    appointment = meets(works_for.party, member=sam, what=plan(keys=("mijn-toeslagen", "inkomstenbelasting")))
    made = hands_off(works_for.party, member=sam)
    vera = member(works_for, "Vera")
    if who == "licence-for-less":
        licence(vera)
    browser = arrive(vera.party)
    for name in ("detail", "made", "move", "cancel", "close", "calendar", "take-over"):
        assert browser.get(reverse(f"pages:appointment-{name}", args=[appointment.id])).status_code == 404, name
    for name in ("shown", "standing", "stop", "partner"):
        assert browser.get(reverse(f"pages:hand-off-{name}", args=[made.hand_off.request_id])).status_code == 404, name


def _browser(who: str, *, anna: Party, dirk: Party) -> Client:
    if who == "nobody":
        return Client()
    if who in {"dirk", "anna"}:
        return arrive({"dirk": dirk, "anna": anna}[who])
    worker = member(organisation())
    if who != "without-licence":
        licence(worker)
    browser = arrive(worker.party)
    if who == "ended":
        Member.objects.filter(party=worker.party).update(ended_at=NOW)
    return browser


def _all_there_is() -> dict[str, int]:
    return {
        "requests": MandateRequest.objects.count(),
        "withdrawn": MandateRequest.objects.filter(withdrawn_at__isnull=False).count(),
        "active": Mandate.objects.filter(state="active").count(),
    }
