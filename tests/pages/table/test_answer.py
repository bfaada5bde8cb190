"""The client answers what was opened at the table: is this person here, and then yes or no."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from namens.appointments.actions import MadeHandOff
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.actions import approve
from namens.mandates.models import Mandate, Report, ReportKind, SecondYes
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.pages.client.giving import Page
from namens.parties.models import Party
from namens.signin.models import Draft
from tests.asking import yes
from tests.at_table import MINUTE, hands_off, hands_off_at_work, opens
from tests.counting import statements
from tests.pages.table.phones import answers, opened, says_yes, scans, shown_at
from tests.pages.visiting import arrive, mark_on, press, send, shown, title
from tests.people import NOW, TODAY, active, fresh, of
from tests.working import licence, member, organisation

LATER = NOW + timedelta(days=10)
FAR, UNKNOWN = {"there": "far"}, {"there": "unknown"}


def page_of(mandate: Mandate) -> str:
    return reverse("pages:request", args=[mandate.id])


def begins(phone: Client, mandate: Mandate) -> str:
    return send(phone, page_of(mandate), {"answer": "yes"})["Location"]


def test_it_says_who_asks_what_and_how_long_before_it_asks_anything(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    page = shown(phone.get(page_of(mandate)))
    assert "Bram Bakker wil u helpen U opende dit op uw eigen telefoon." in page
    assert "Bram Bakker helpt u als privépersoon, niet voor een organisatie." in page
    assert "Mijn toeslagen: Zorgtoeslag, huurtoeslag" in page
    assert "Alleen één dag. Zegt u vandaag ja, dan tot en met 23 november 2026." in page
    assert "U kunt antwoorden tot vandaag 10:30 uur" in page
    assert "De eerste keer: alleen vandaag Wilt u langer hulp? Dat kan vanaf 1 december 2026." in page
    assert "Ja, maar korter" not in page
    assert "brief met" not in page


def test_it_asks_first_whether_this_person_is_here(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    first = begins(phone, mandate)
    page = phone.get(first)
    assert "Zit Bram Bakker nu bij u?" in shown(page)
    assert "Bram" not in title(page)
    assert "checked" not in page.content.decode()
    assert "Kies of deze persoon nu bij u zit" in shown(send(phone, first))
    assert phone.get(first.replace("nu-bij-u", "controleren"))["Location"] == first


def test_it_says_yes_for_today_without_anything_sensitive(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    page = shown(says_yes(phone, mandate))
    assert "U hebt ja gezegd U kunt uw telefoon wegleggen. Uw helper ziet het nu." in page
    assert "code" not in page
    said = of(mandate)
    assert (said.state, said.first_day, said.last_day, said.granted_actions) == (State.ACTIVE, TODAY, TODAY, [])


def test_it_warns_on_the_last_page_where_a_portal_keeps_nobody_away(
    made: MadeHandOff,
    anna: Party,
    toeslagen: object,  # noqa: ARG001 - asked for its effect
) -> None:
    phone, mandate = opened(anna, made)
    last = answers(phone, begins(phone, mandate))
    page = shown(phone.get(last))
    assert "Extra toestemming Nee: het rekeningnummer wijzigen" in page
    assert "Deze websites kunnen uw helper niet tegenhouden" in page
    assert "Laatste dag tot en met 23 november 2026" in page


@pytest.mark.usefixtures("catalogue")
def test_it_is_for_longer_once_the_letter_about_the_first_yes_is_there(anna: Party, bram: Party) -> None:
    active(anna, bram)
    with clock.frozen(LATER):
        phone, mandate = opened(anna, hands_off(bram, now=LATER))
        page = shown(phone.get(page_of(mandate)))
        assert "De eerste keer" not in page
        assert "Ja, maar korter" in page
        says_yes(phone, mandate)
    assert of(mandate).last_day == Duration.ONE_YEAR.last_day(clock.day_of(LATER))


@pytest.mark.usefixtures("catalogue")
def test_it_warns_that_a_first_yes_would_end_what_runs(anna: Party, bram: Party) -> None:
    active(anna, bram)
    phone, mandate = opened(anna, hands_off(bram))
    assert "Na een ja stopt ook uw oudere machtiging vandaag" in shown(phone.get(page_of(mandate)))


@pytest.mark.usefixtures("catalogue")
def test_it_is_for_longer_at_once_for_an_organisation(anna: Party) -> None:
    sam = member(organisation(may_process_bsn=False))
    licence(sam)
    phone, mandate = opened(anna, hands_off_at_work(sam))
    page = shown(phone.get(page_of(mandate)))
    assert "Samen Sterk wil u helpen" in page
    assert "Dit is gevraagd door Sam B., medewerker" in page
    assert "Zit Sam B. van Samen Sterk nu bij u?" in shown(phone.get(begins(phone, mandate)))
    says_yes(phone, mandate)
    assert of(mandate).last_day == Duration.ONE_YEAR.last_day(TODAY)


def test_it_stops_a_telephone_swindler_at_the_first_question(made: MadeHandOff, anna: Party) -> None:
    """Named attack: somebody phones Anna and reads the number out."""
    phone, mandate = opened(anna, made)
    first = begins(phone, mandate)
    page = shown(phone.get(send(phone, first, FAR)["Location"]))
    assert "U hebt nee gezegd Bram Bakker hoort hier niets van. Belde, mailde of appte iemand u hierover?" in page
    assert of(mandate).end_reason == EndReason.DECLINED
    # A second thought, on demand of the voice on the phone, does not bring it back.
    assert send(phone, first, {"there": "yes"})["Location"] == page_of(mandate)
    assert send(phone, page_of(mandate), {"answer": "yes"}).status_code == 200
    with pytest.raises(MandateRefused):
        approve(mandate=mandate.id, by=fresh(anna, now=NOW), yes=yes(duration=Duration.TODAY), now=NOW)


def test_it_gives_a_swindler_who_gets_his_yes_today_only(made: MadeHandOff, anna: Party) -> None:
    """Named attack: Anna says what the voice tells her to say."""
    phone, mandate = opened(anna, made)
    draft = begins(phone, mandate)
    send(phone, draft, {"there": "yes"})
    for page in (Page.UNTIL, Page.EXTRA):
        path = reverse(f"pages:{page}", args=[Draft.objects.get().id])
        assert send(phone, path, {"duration": "1-year", "rekeningnummer-wijzigen": "yes"}).status_code == 302
    for wanted in (yes(), yes(duration=Duration.TODAY, granted=["rekeningnummer-wijzigen"])):
        with pytest.raises(MandateRefused) as refused:
            approve(mandate=mandate.id, by=fresh(anna, now=NOW), yes=wanted, now=NOW)
        assert refused.value.reason is MandateReason.FIRST_IS_TODAY
    press(phone, answers(phone, draft))
    assert (of(mandate).last_day, of(mandate).granted_actions) == (TODAY, [])


@pytest.mark.usefixtures("catalogue")
def test_it_gives_a_helper_who_holds_the_mouse_a_year_at_most(anna: Party) -> None:
    """Named attack: the helper gives the own computer to the client, and clicks along."""
    sam = member(organisation())
    licence(sam)
    made = hands_off_at_work(sam, duration=Duration.FIVE_YEARS)
    computer = arrive(sam.party)
    phone, mandate = opened(anna, made, phone=computer)
    last = answers(
        phone,
        begins(phone, mandate),
        UNTIL={"duration": "5-years"},
        EXTRA={"rekeningnummer-wijzigen": "yes"},
    )
    assert "Een deel wacht op uw tweede ja" in shown(phone.get(last))
    press(phone, last)
    assert (of(mandate).last_day, of(mandate).granted_actions) == (Duration.ONE_YEAR.last_day(TODAY), [])
    assert SecondYes.objects.get(mandate=mandate).granted_actions == ["rekeningnummer-wijzigen"]


def test_it_lets_the_client_report_it_after_that(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    stopped = phone.get(send(phone, begins(phone, mandate), FAR)["Location"])
    report = reverse("pages:report-refused", args=[mandate.id])
    assert report in stopped.content.decode()
    assert "Wilt u Bram Bakker melden?" in shown(phone.get(report))
    assert not Report.objects.exists()
    page = shown(phone.get(send(phone, report)["Location"]))
    assert "De helpdesk kijkt ernaar." in page
    assert send(phone, report)["Location"] == page_of(mandate)
    assert Report.objects.get().kind == ReportKind.UNKNOWN_PERSON


def test_it_leads_to_the_report_who_does_not_know_this_person(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    way = send(phone, begins(phone, mandate), UNKNOWN)["Location"]
    assert way == reverse("pages:decline-unknown", args=[mandate.id])
    send(phone, way)
    assert (of(mandate).end_reason, Report.objects.count()) == (EndReason.DECLINED, 1)


def test_it_takes_a_no_that_speaks_of_no_letter(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    no = reverse("pages:decline", args=[mandate.id])
    assert "Dan stopt het verzoek. Bram Bakker hoort hier niets van." in shown(phone.get(no))
    assert "brief" not in shown(phone.get(no))
    page = shown(phone.get(send(phone, no)["Location"]))
    assert "U hebt nee gezegd Bram Bakker hoort hier niets van." in page


def test_it_goes_on_where_the_client_was_who_closed_the_phone(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    half = answers(phone, begins(phone, mandate), to=Page.PARTNER)
    with clock.frozen(NOW + 20 * MINUTE):
        other, answer = scans(anna, made)
        assert other.get(answer["Location"])["Location"] == half
        says_yes(other, mandate)
    assert of(mandate).state == State.ACTIVE


def test_it_is_too_late_half_an_hour_after_the_making(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    last = answers(phone, begins(phone, mandate))
    seen = mark_on(phone.get(last))
    with clock.frozen(NOW + 30 * MINUTE):
        arrive(anna, client=phone)
        page = shown(phone.get(send(phone, last, seen)["Location"], follow=True))
    assert "U kon antwoorden tot 23 november 2026, 10:30 uur." in page
    assert of(mandate).state == State.REQUESTED


def test_it_shows_the_outcome_when_the_network_went_after_the_yes(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    last = answers(phone, begins(phone, mandate))
    seen = mark_on(phone.get(last))
    send(phone, last, seen)
    again = send(phone, last, seen)["Location"]
    assert "U hebt ja gezegd" in shown(phone.get(again, follow=True))
    assert "U hebt ja gezegd" in shown(phone.get(scans(anna, made, phone=phone)[1]["Location"]))
    assert Mandate.objects.filter(state=State.ACTIVE).count() == 1


def test_it_says_in_english_what_a_client_meets(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    phone.cookies["namens_language"] = "en"
    with translation.override("en"):
        assert "The first time: only today" in shown(phone.get(page_of(mandate)))
        assert "Is Bram Bakker with you now?" in shown(phone.get(begins(phone, mandate)))


@pytest.mark.parametrize("kind", ["request", "decline", "decline-unknown", "report-refused"])
def test_it_does_not_exist_for_dirk_or_the_helper(
    made: MadeHandOff, anna: Party, bram: Party, dirk: Party, kind: str
) -> None:
    mandate = opens(made.id, anna)
    for browser in (arrive(dirk), arrive(bram)):
        path = reverse(f"pages:{kind}", args=[mandate.id])
        assert browser.get(path).status_code == send(browser, path).status_code == 404
    assert of(mandate).state == State.REQUESTED


def test_it_keeps_the_answers_of_one_from_another(made: MadeHandOff, anna: Party, dirk: Party) -> None:
    phone, mandate = opened(anna, made)
    first = begins(phone, mandate)
    assert arrive(dirk).get(first).status_code == send(arrive(dirk), first, {"there": "yes"}).status_code == 404
    assert shown_at(made) not in phone.get(first).content.decode()


def test_it_costs_as_few_statements_as_any_request(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    assert statements(lambda: phone.get(page_of(mandate))) <= 9
    first = begins(phone, mandate)
    assert statements(lambda: phone.get(first)) <= 9
