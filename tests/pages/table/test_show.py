"""The helper's pages at the table: the questions, the QR, and what can be read of it before there is a yes."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from namens.appointments import queries
from namens.appointments.actions import MadeHandOff, open_hand_off
from namens.appointments.models import HandOff
from namens.appointments.refusals import HandOffReason, HandOffRefusal
from namens.lib import clock
from namens.lib.limits import Limit
from namens.lib.periods import Duration
from namens.mandates.actions import decline
from namens.mandates.models import MandateRequest
from namens.organisations.models import Member
from namens.pages.table.asking import Page
from namens.parties.models import Party
from tests.asking import says_yes, yes
from tests.at_table import MINUTE, hands_off, hands_off_at_work, opens
from tests.counting import statements
from tests.pages.table.phones import shown_at, standing_at
from tests.pages.visiting import Answered, arrive, press, send, shown
from tests.people import NOW, active
from tests.working import licence, mandate_of, member, organisation

BEGIN = "/overdracht"
ANSWERS: Mapping[Page, Mapping[str, object]] = {
    Page.SERVICES: {"services": ["mijn-toeslagen"]},
    Page.LENGTH: {"duration": "1-year"},
    Page.WHO: {"label": "mevrouw A."},
    Page.PARTNER: {"partner": "no"},
}
WITH_PARTNER = {"partner": "yes"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def asks(browser: Client, path: str = BEGIN, *, to: Page | None = None, **changed: Mapping[str, object]) -> Answered:
    """Begin at `path`, answer everything, and give the page with the QR; or the page `to`."""
    answers = {**ANSWERS, **{Page[name]: answer for name, answer in changed.items()}}
    path = send(browser, path)["Location"]
    while (page := Page(str(resolve(path).url_name))) is not Page.CHECK and page is not to:
        path = send(browser, path, answers[page])["Location"]
    return browser.get(path) if to else browser.get(press(browser, path)["Location"], follow=True)


def bare(page: Answered) -> str:
    """Give a page without what differs each time."""
    return TOKEN.sub("", page.content.decode())


def today_only(made: MadeHandOff, client: Party) -> None:
    says_yes(opens(made.id, client), client, answer=yes(duration=Duration.TODAY))


@pytest.fixture
def sam(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam, whose organisation may not process BSNs."""
    who = member(organisation(may_process_bsn=False))
    licence(who)
    return who


@pytest.mark.usefixtures("catalogue")
def test_it_leads_from_the_first_click_to_the_qr(at_bram: Client) -> None:
    page = asks(at_bram)
    assert "Laat uw cliënt dit scannen" in shown(page)
    assert "Nog niet klaar" in shown(page)
    assert "mevrouw A." in shown(page)
    assert "Openen kan tot 10:15 uur, door één persoon. Antwoorden kan tot 10:30 uur." in shown(page)
    assert "localhost:8000/nu" in shown(page)
    assert re.search(r"\d{4} \d{4}", shown(page))
    assert "<svg" in page.content.decode()


@pytest.mark.usefixtures("catalogue")
def test_it_shows_the_same_qr_on_reload_and_in_no_address(at_bram: Client, anna: Party) -> None:
    page = asks(at_bram)
    made = HandOff.objects.get()
    again = at_bram.get(reverse("pages:hand-off-shown", args=[made.request_id]))
    assert bare(page) == bare(again)
    number = re.search(r'namens-number"[^>]*>\s*(\d{4} \d{4})', again.content.decode())
    assert number
    phone = arrive(anna)
    assert send(phone, "/nu", {"hand_off_number": number[1]})["Location"].startswith("/verzoeken/")


@pytest.mark.usefixtures("catalogue")
def test_it_makes_one_for_a_draft_however_often_the_button_is_pressed(at_bram: Client) -> None:
    path = resolve_path(asks(at_bram, to=Page.CHECK))
    for _ in range(2):
        press(at_bram, path)
    assert HandOff.objects.count() == 1


def resolve_path(page: Answered) -> str:
    return str(page.wsgi_request.path)  # type: ignore[attr-defined]  # the test client puts it there


@pytest.mark.usefixtures("catalogue")
def test_it_lists_what_is_still_open(at_bram: Client, bram: Party) -> None:
    made = hands_off(bram, label="meneer B.")
    page = at_bram.get(BEGIN)
    assert "meneer B. (QR-code van 10:00 uur)" in shown(page)
    assert shown_at(made) in page.content.decode()


@pytest.mark.parametrize("typed", [" ", "x" * 61, "a\u202eb"])
@pytest.mark.usefixtures("catalogue")
def test_it_asks_for_a_name_that_can_be_shown(at_bram: Client, typed: str) -> None:
    assert send(at_bram, resolve_path(asks(at_bram, to=Page.WHO)), {"label": typed}).status_code == 200


def test_it_reads_the_same_whoever_opened_it_or_nobody(
    at_bram: Client,
    bram: Party,
    anna: Party,
    dirk: Party,
    catalogue: None,  # noqa: ARG001 - asked for its effect
) -> None:
    nobody, opened, refused = (hands_off(bram) for _ in range(3))
    for minutes in (1, 16, 29, 30, 31):
        with clock.frozen(NOW + minutes * MINUTE):
            arrive(bram, client=at_bram)
            if minutes == 1:
                opens(opened.id, anna)
                decline(mandate=opens(refused.id, dirk).id, by=dirk, is_unknown=True, now=clock.now())
            polls = {at_bram.get(standing_at(made)).content for made in (nobody, opened, refused)}
            pages = [bare(at_bram.get(shown_at(made))) for made in (nobody, opened, refused)]
        assert len(polls) == 1
        assert len({_without_own(page) for page in pages}) == 1


def _without_own(page: str) -> str:
    """Take out the id of the request, the number and the drawing: those are each one's own."""
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    page = re.sub(r"\d{4} \d{4}", "", page)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", page)


def test_it_says_active_after_the_yes_and_leads_on(made: MadeHandOff, at_bram: Client, anna: Party) -> None:
    assert at_bram.get(standing_at(made)).json() == {"standing": "waits"}
    today_only(made, anna)
    assert at_bram.get(standing_at(made)).json() == {"standing": "active"}
    page = at_bram.get(shown_at(made))
    assert "Ja: actief" in shown(page)
    assert "Laatste dag tot en met 23 november 2026" in shown(page)
    active_at = reverse("pages:activated", args=[MandateRequest.objects.get().mandate_id])
    assert "De machtiging is actief" in shown(at_bram.get(active_at))
    assert "Anna" not in shown(page)


def test_it_says_with_the_same_words_that_it_did_not_go_ahead(
    made: MadeHandOff, at_bram: Client, bram: Party, anna: Party
) -> None:
    refused = hands_off(bram)
    decline(mandate=opens(refused.id, anna).id, by=anna, is_unknown=False, now=NOW)
    send(at_bram, f"{shown_at(made)}/stoppen")
    back = bare(at_bram.get(shown_at(made)))
    with clock.frozen(NOW + 30 * MINUTE):
        late = bare(arrive(bram).get(shown_at(refused)))
    assert "Het is niet doorgegaan" in back
    assert _without_own(back) == _without_own(late)


def test_it_asks_before_it_takes_one_back(made: MadeHandOff, at_bram: Client, anna: Party) -> None:
    path = f"{shown_at(made)}/stoppen"
    assert "Wilt u dit verzoek terugnemen?" in shown(at_bram.get(path))
    send(at_bram, path)
    assert open_hand_off(by=made.id, client=anna, now=NOW) == HandOffRefusal(HandOffReason.GONE)


def test_it_makes_a_new_one_in_place_of_the_old(made: MadeHandOff, at_bram: Client, anna: Party) -> None:
    page = at_bram.get(send(at_bram, f"{shown_at(made)}/nieuw")["Location"])
    assert "Nog niet klaar" in shown(page)
    assert made.number.reveal() not in shown(page)
    assert open_hand_off(by=made.id, client=anna, now=NOW) == HandOffRefusal(HandOffReason.GONE)
    newer = HandOff.objects.exclude(id=made.hand_off.id).get()
    assert [one.key for one in newer.request.services.all()] == ["mijn-toeslagen"]
    assert "Het is niet doorgegaan" in shown(at_bram.get(shown_at(made)))


@pytest.mark.usefixtures("catalogue")
def test_it_asks_the_partner_with_an_own_qr_and_shows_a_pair_as_one(at_bram: Client, anna: Party, dirk: Party) -> None:
    page = asks(at_bram, PARTNER=WITH_PARTNER)
    assert "Nog niet compleet" in shown(page)
    first = HandOff.objects.get()
    partner = reverse("pages:hand-off-partner", args=[first.request_id])
    assert partner in page.content.decode()
    second_page = at_bram.get(send(at_bram, partner, {"label": "meneer P."})["Location"])
    assert "Laat de partner dit scannen" in shown(second_page)
    assert "Nog niet compleet" in shown(second_page)
    second = HandOff.objects.exclude(id=first.id).get()
    assert at_bram.get(partner)["Location"] == reverse("pages:hand-off-shown", args=[second.request_id])
    for half, who in ((first, anna), (second, dirk)):
        assert at_bram.get(reverse("pages:hand-off-standing", args=[first.request_id])).json() == {"standing": "waits"}
        today_only(_made(half), who)
    for half in (first, second):
        assert "Compleet: allebei ja" in shown(at_bram.get(reverse("pages:hand-off-shown", args=[half.request_id])))


def _made(hand_off: HandOff) -> MadeHandOff:
    shown_now = queries.shown(hand_off, now=NOW)
    assert shown_now is not None
    return MadeHandOff(hand_off=hand_off, id=shown_now.id, number=shown_now.number)


@pytest.mark.usefixtures("catalogue")
def test_it_keeps_the_partner_when_the_first_qr_is_made_anew(at_bram: Client, bram: Party) -> None:
    first = hands_off(bram, with_partner=True)
    second = hands_off(bram, partner_of=first.hand_off.request)
    send(at_bram, f"{shown_at(first)}/nieuw")
    newer = HandOff.objects.exclude(id__in=[first.hand_off.id, second.hand_off.id]).get()
    assert MandateRequest.objects.get(id=second.hand_off.request_id).partner_of_id == newer.request_id
    assert newer.with_partner


@pytest.mark.usefixtures("catalogue")
def test_it_offers_to_go_on_with_a_mandate_at_the_table(anna: Party, bram: Party, dirk: Party) -> None:
    running = active(anna, bram, now=NOW - timedelta(days=20))
    path, at_bram = reverse("pages:table-renew", args=[running.id]), arrive(bram)
    assert path in at_bram.get(f"/mijn-machtigingen/{running.id}").content.decode()
    assert "U vraagt Anna de Vries om nog eens ja te zeggen" in shown(at_bram.get(path))
    assert "Laat uw cliënt dit scannen" in shown(asks(at_bram, path))
    made = _made(HandOff.objects.get())
    assert open_hand_off(by=made.id, client=dirk, now=NOW) == HandOffRefusal(HandOffReason.GONE)
    assert opens(made.id, anna).representee_id == anna.id
    for browser in (arrive(anna), arrive(dirk)):
        assert browser.get(path).status_code == send(browser, path).status_code == 404


@pytest.mark.usefixtures("catalogue")
def test_it_goes_on_once_the_client_has_a_letter_about_the_first(at_bram: Client, anna: Party, bram: Party) -> None:
    path = reverse("pages:table-renew", args=[active(anna, bram).id])
    for page in (at_bram.get(path), send(at_bram, path)):
        assert "Vanaf 1 december 2026 kunt u vragen om door te gaan." in shown(page)


def test_it_serves_members_who_may_type_no_bsn(sam: Member, anna: Party) -> None:
    at_sam = arrive(sam.party)
    for door in ("/gemachtigd-worden", "/activeren"):
        refused = at_sam.get(door)
        assert "Laat een QR-code zien" in shown(refused)
        assert BEGIN in refused.content.decode()
    assert BEGIN in at_sam.get("/").content.decode()
    page = asks(at_sam)
    assert "U doet dit voor Samen Sterk." in shown(page)
    made = _made(HandOff.objects.get())
    says_yes(opens(made.id, anna), anna, answer=yes())
    assert "Ja: actief" in shown(at_sam.get(shown_at(made)))
    found = MandateRequest.objects.get().mandate
    assert found is not None
    assert at_sam.get(reverse("pages:activated", args=[found.id])).status_code == 200


def test_it_lets_a_member_go_on_with_a_client_whom_a_licence_reaches(sam: Member, anna: Party) -> None:
    path = reverse("pages:table-renew", args=[mandate_of(anna, sam.organisation).id])
    at_sam, vera = arrive(sam.party), member(sam.organisation, "Vera", family_name="Jansen")
    assert path in at_sam.get(reverse("pages:work-client", args=[anna.id])).content.decode()
    assert "Laat uw cliënt dit scannen" in shown(asks(at_sam, path))
    assert arrive(vera.party).get(path).status_code == 404


def test_it_says_when_there_were_too_many_today(at_bram: Client, made: MadeHandOff, settings: Settings) -> None:
    settings.HAND_OFFS = Limit(times=1, window=timedelta(hours=24))
    page = press(at_bram, resolve_path(asks(at_bram, to=Page.CHECK)))
    assert "Morgen kunt u weer nieuwe maken." in shown(page)
    again = send(at_bram, f"{shown_at(made)}/nieuw")
    assert (again.status_code, HandOff.objects.count()) == (429, 1)
    assert at_bram.get(standing_at(made)).json() == {"standing": "waits"}


def test_it_refuses_who_has_no_licence(sam: Member) -> None:
    vera = member(sam.organisation, "Vera", family_name="Jansen")
    assert "U hebt geen geldige licentie." in shown(arrive(vera.party).get(BEGIN))


@pytest.mark.parametrize("step", ["", "/nieuw", "/stoppen", "/partner", "/stand"])
def test_it_does_not_exist_for_dirk_or_a_colleague(
    made: MadeHandOff, at_dirk: Client, sam: Member, anna: Party, step: str
) -> None:
    at_work, changing = hands_off_at_work(sam), {"/nieuw", "/stoppen", "/partner"}
    vera = member(sam.organisation, "Vera", family_name="Jansen")
    licence(vera)
    for browser, one in ((at_dirk, made), (arrive(anna), made), (arrive(vera.party), at_work), (at_dirk, at_work)):
        path = f"{shown_at(one)}{step}"
        assert send(browser, path, {"label": "x"}).status_code == (404 if step in changing else 405)
        assert browser.get(path).status_code == (405 if step == "/nieuw" else 404)
    assert HandOff.objects.count() == 2
    assert not MandateRequest.objects.filter(withdrawn_at__isnull=False).exists()


def test_it_costs_few_statements_to_show(made: MadeHandOff, at_bram: Client) -> None:
    assert statements(lambda: at_bram.get(shown_at(made))) <= 5
    assert statements(lambda: at_bram.get(BEGIN)) <= 4
