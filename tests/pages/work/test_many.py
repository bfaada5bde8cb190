"""For many clients at once: asking for a renewal, and sheets for paper."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from namens.mandates.models import Mandate, MandateRequest
from namens.organisations.models import Assignment, Licence, LicencePause, Member, Organisation, Team
from namens.parties.models import Party
from namens.signin.models import Draft
from tests.counting import statements
from tests.pages.visiting import arrive, press, send, shown
from tests.people import BSNS, NOW, TODAY
from tests.working import client_called, licence, mandate_of, member

CHOOSE = "/werk/kiezen"
SOON = TODAY + timedelta(days=20)


def tick(browser: Client, *clients: Party, do: str = "renew") -> str:
    """Tick these clients, and give the address of what comes."""
    ids = [str(client.id) for client in clients]
    answer = browser.post(CHOOSE, {"client": ids, "do": do, "back": "/werk?list=ends"})
    return answer["Location"]


def test_it_shows_boxes_to_tick_for_whom_one_reaches(
    at_sam: Client, anna: Party, bram: Party, samen_sterk: Organisation, north: Team
) -> None:
    for client in (anna, bram):
        mandate_of(client, samen_sterk)
    Assignment.objects.create(organisation=samen_sterk, client=bram, team=north, since=NOW)
    page = at_sam.get("/werk?list=all").content.decode()
    assert re.findall(r'name="client"\s+value="([^"]+)"', page) == [str(anna.id)]
    assert "checked" not in page
    assert "checked" in at_sam.get("/werk?list=all&tick=all").content.decode()


def test_it_asks_for_many_after_a_look_and_says_what_was_done(
    at_sam: Client, sam: Member, anna: Party, bram: Party, samen_sterk: Organisation
) -> None:
    for client in (anna, bram):
        mandate_of(client, samen_sterk, last_day=SOON)
    path = tick(at_sam, anna, bram)
    page = shown(at_sam.get(path))
    assert "Bram Bakker 13 december 2026 Mijn toeslagen 1 maand" in page
    assert "Anna de Vries" in page
    assert not MandateRequest.objects.exists()
    answer = press(at_sam, path)
    assert answer["Location"] == f"{path}/klaar"
    done = shown(at_sam.get(answer["Location"]))
    assert "Bram Bakker Mijn toeslagen: gevraagd. De brief is er uiterlijk op" in done
    assert MandateRequest.objects.filter(asked_by_member=sam).count() == 2
    assert "Bram Bakker 1980 Verlenging gevraagd" in shown(at_sam.get("/werk?list=ends&whose=all"))
    assert "Op 23 november 2026 is om verlenging gevraagd." in shown(at_sam.get(f"/werk/clienten/{anna.id}"))
    assert "Anna de Vries Brief uiterlijk op" in shown(at_sam.get("/werk?list=letter"))


def test_it_asks_once_when_somebody_presses_twice(at_sam: Client, anna: Party, samen_sterk: Organisation) -> None:
    mandate_of(anna, samen_sterk, last_day=SOON)
    path = tick(at_sam, anna)
    for _ in range(2):
        press(at_sam, path)
    assert at_sam.get(path)["Location"] == f"{path}/klaar"
    assert "gevraagd. De brief is er" in shown(at_sam.get(f"{path}/klaar"))
    assert MandateRequest.objects.count() == 1


def test_it_asks_nothing_that_was_not_on_the_page(
    at_sam: Client, anna: Party, bram: Party, samen_sterk: Organisation
) -> None:
    mandate_of(anna, samen_sterk, last_day=SOON)
    path = tick(at_sam, anna, bram)
    page = at_sam.get(path)
    mandate_of(bram, samen_sterk, last_day=SOON)
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert seen is not None
    assert "Er is nog niets gevraagd" in shown(send(at_sam, path, {"seen": seen[1]}))
    assert not MandateRequest.objects.exists()


def test_it_says_for_whom_it_cannot_be_asked_and_why(
    at_sam: Client, anna: Party, bram: Party, samen_sterk: Organisation
) -> None:
    mandate_of(anna, samen_sterk)
    mandate_of(bram, samen_sterk, "mijn-toeslagen", "inkomstenbelasting", last_day=SOON)
    page = shown(at_sam.get(tick(at_sam, anna, bram)))
    assert "Er is nu niemand aan wie u verlenging kunt vragen." in page
    assert "Anna de Vries : Deze machtiging loopt nog langer dan drie maanden." in page
    assert "Bram Bakker : U hebt" in page
    assert "Ja, vraag de verlenging" not in page


def test_it_lets_the_asker_take_it_back(at_sam: Client, anna: Party, samen_sterk: Organisation) -> None:
    mandate_of(anna, samen_sterk, last_day=SOON)
    path = tick(at_sam, anna)
    press(at_sam, path)
    asked = MandateRequest.objects.get()
    withdraw = reverse("pages:asked-withdraw", args=[asked.id])
    assert withdraw in at_sam.get(f"{path}/klaar").content.decode()
    send(at_sam, withdraw)
    assert MandateRequest.objects.get().withdrawn_at == NOW
    assert "Teruggenomen" in shown(at_sam.get(f"{path}/klaar"))
    assert "Verlenging gevraagd" not in shown(at_sam.get("/werk?list=ends&whose=all"))


def test_it_leaves_out_whom_the_member_does_not_reach(
    at_sam: Client, sam: Member, anna: Party, bram: Party, dirk: Party, samen_sterk: Organisation, north: Team
) -> None:
    mandate_of(anna, samen_sterk, last_day=SOON)
    Assignment.objects.create(organisation=samen_sterk, client=anna, team=north, since=NOW)
    path, sheets = tick(at_sam, anna, bram, dirk), tick(at_sam, anna, bram, dirk, do="sheets")
    assert "Anna" not in shown(at_sam.get(path))
    assert "U mag nu geen van deze cliënten helpen." in shown(at_sam.get(sheets))
    send(at_sam, path)
    assert not MandateRequest.objects.exists()
    LicencePause.objects.create(licence=Licence.objects.get(member=sam), since=NOW)
    assert at_sam.get(path).status_code == 200


def test_it_names_nobody_afterwards_to_whom_the_licence_was_taken_from(
    at_sam: Client, sam: Member, anna: Party, samen_sterk: Organisation
) -> None:
    mandate_of(anna, samen_sterk, last_day=SOON)
    path = tick(at_sam, anna)
    press(at_sam, path)
    assert "Anna de Vries" in shown(at_sam.get(f"{path}/klaar"))
    Licence.objects.filter(member=sam).update(ended_at=NOW)
    assert "Anna" not in shown(at_sam.get(f"{path}/klaar"))


def test_it_says_so_when_nobody_was_ticked_or_nothing_is_to_be_done(at_sam: Client, anna: Party) -> None:
    for form in ({}, {"client": "x", "do": "renew"}, {"client": str(anna.id), "do": "stop"}, {"do": "sheets"}):
        answer = send(at_sam, CHOOSE, form)
        assert answer.status_code == 422
        assert "U koos nog niemand" in shown(answer)
    assert at_sam.get(CHOOSE).status_code == 405
    page = send(at_sam, CHOOSE, {"back": "https://elders.example"})
    assert "elders" not in page.content.decode()


def test_it_takes_a_page_at_most(at_sam: Client) -> None:
    ids = [str(uuid4()) for _ in range(60)]
    path = at_sam.post(CHOOSE, {"client": ids, "do": "sheets"})["Location"]
    draft = Draft.objects.get(id=UUID(path.rsplit("/", 1)[1]))
    assert len(draft.answers["clients"]) == 25


def test_it_prints_a_sheet_for_each_without_a_bsn(
    at_sam: Client, anna: Party, bram: Party, samen_sterk: Organisation
) -> None:
    for client in (anna, bram):
        mandate_of(client, samen_sterk, last_day=SOON)
    press(at_sam, tick(at_sam, anna))
    page = at_sam.get(tick(at_sam, anna, bram, do="sheets"))
    words = shown(page)
    assert "Voor Bram Bakker Samen Sterk helpt u" in words
    assert "Mijn toeslagen, tot en met 13 december 2026" in words
    assert words.count("Neem de brief en uw identiteitskaart mee naar ons.") == 1
    assert words.count("Zeg het ons vóór de laatste dag.") == 1
    assert page.content.decode().count("namens-sheet__page") == 2
    assert not any(bsn.digits in page.content.decode() for bsn in BSNS.values())


def test_it_shows_a_draft_to_its_own_member_only(
    at_sam: Client, at_vera: Client, at_carla: Client, at_dirk: Client, anna: Party, samen_sterk: Organisation
) -> None:
    mandate_of(anna, samen_sterk, last_day=SOON)
    for path in (tick(at_sam, anna), tick(at_sam, anna, do="sheets"), f"{tick(at_sam, anna)}/klaar"):
        assert at_vera.get(path).status_code == 404
        assert at_carla.get(path).status_code == 404
        assert at_dirk.get(path)["Location"] == reverse("signin:elsewhere")
    assert send(at_dirk, CHOOSE, {"client": str(anna.id), "do": "renew"})["Location"] == reverse("signin:elsewhere")
    assert send(at_vera, tick(at_sam, anna)).status_code == 404
    assert not MandateRequest.objects.exists()


@pytest.mark.parametrize("do", ["renew", "sheets"])
def test_it_needs_as_many_statements_for_many_as_for_one(samen_sterk: Organisation, do: str) -> None:
    kees = member(samen_sterk, "Kees")
    licence(kees)
    at_kees = arrive(kees.party)
    clients = [client_called(f"Naam{number:02}") for number in range(20)]
    for client in clients:
        mandate_of(client, samen_sterk, last_day=SOON)
    one, many = tick(at_kees, clients[0], do=do), tick(at_kees, *clients, do=do)
    assert statements(lambda: at_kees.get(many)) == statements(lambda: at_kees.get(one)) <= 11
    assert Mandate.objects.count() == 20
