"""What a client reads: every event in plain words, by whom, where and when; and nobody else reads a line of it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from namens.helpdesk.disputes import dispute, withdraw
from namens.helpdesk.models import DisputeKind
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.shown import SHOWN
from namens.journal.write import write
from namens.lib.ids import new_id
from namens.mandates.actions import report, restore, shorten, stop
from namens.mandates.models import Mandate, ReportKind
from namens.organisations.models import Member, MemberKind
from namens.pages.done import words
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.done.happening import ACT, PAGE, did, logged_in, many_logins, the_portal
from tests.pages.visiting import arrive, shown, title
from tests.people import NOW, TODAY, active, fresh
from tests.working import activated, licence, mandate_of, member, organisation

YESTERDAY = NOW - timedelta(days=1)


def read(party: Party, query: str = "") -> str:
    return shown(arrive(party).get(f"{PAGE}{query}"))


@pytest.fixture
def vera(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """A volunteer of Samen Sterk with a licence."""
    found = member(organisation(), "Vera", family_name="Dijk", kind=MemberKind.VOLUNTEER)
    licence(found)
    return found


@pytest.mark.parametrize("event", list(Event))
def test_it_shows_each_event_or_says_why_not(event: Event) -> None:
    reasons = [reason for reason, events in words.NOT_SHOWN.items() if event in events]
    assert len(reasons) + (event in SHOWN) == 1
    assert (event in words.WITH_WORDS) == (event in SHOWN)


def test_it_has_a_sentence_whoever_did_it() -> None:
    filled = {"name": "Bram", "portal": "Mijn portaal", "act": "dit", "letter": "Een brief"}
    client, helper = new_id(), new_id()
    for event, channel in product(SHOWN, Channel):
        for actor, mandate in product((client, helper, None), (new_id(), None)):
            entry = JournalEntry(event=event, channel=channel, actor=actor, subject=client, mandate=mandate)
            assert words.sentence_of(entry) % filled


def test_it_says_who_logged_in_where(anna: Party, bram: Party, mandate: Mandate) -> None:
    entry = logged_in(mandate, bram.id)
    page = read(anna)
    assert "Maandag 23 november 2026" in page
    assert "Bram Bakker heeft voor u ingelogd bij" in page
    assert f"/wat-is-er-gedaan/{entry.id}/klopt-niet" in arrive(anna).get(PAGE).content.decode()


def test_it_says_what_a_portal_reported_at_the_moment_of_the_act(anna: Party, bram: Party, mandate: Mandate) -> None:
    did(mandate, bram.id, at=datetime(2026, 11, 20, 13, 5, tzinfo=UTC))
    page = read(anna)
    assert f"Bram Bakker heeft dit voor u gedaan bij {the_portal().name}: {ACT}." in page
    assert "Vrijdag 20 november 2026" in page
    assert "14:05" in page


def test_it_names_the_member_and_the_organisation(anna: Party, vera: Member) -> None:
    mandate = activated(anna, vera)
    logged_in(mandate, vera.party_id)
    assert "Vera D., vrijwilliger bij Samen Sterk" in read(anna)


def test_it_warns_of_an_act_that_nobody_was_allowed_to_do(anna: Party, bram: Party, mandate: Mandate) -> None:
    did(mandate, bram.id, event=Event.ACT_REFUSED)
    answer = arrive(anna).get(PAGE)
    assert "meldt dat Bram Bakker dit deed" in shown(answer)
    assert "namens-done__line--warning" in answer.content.decode()


def test_it_puts_an_act_of_nobody_down_to_nobody(anna: Party, mandate: Mandate) -> None:
    did(mandate, None, event=Event.ACT_REFUSED)
    page = read(anna)
    assert "iemand die dat toen niet mocht" in page
    assert "meldt dat Bram Bakker" not in page


def test_it_never_names_a_stranger(anna: Party, dirk: Party, mandate: Mandate) -> None:
    did(mandate, dirk.id, event=Event.ACT_REFUSED)
    with transaction.atomic():
        write(
            Event.USE_REFUSED,
            at=NOW,
            channel=Channel.PORTAL,
            actor=dirk.id,
            subject=anna.id,
            portal=new_id(),
            result="stopped",
        )
    page = read(anna)
    assert "Smit" not in page
    assert "iemand die dat toen niet mocht" in page
    assert "Iemand wilde voor u inloggen bij een portaal. Dat mocht niet." in page


def test_it_tells_of_a_login_that_was_refused_without_the_reason(bram: Party, mandate: Mandate) -> None:
    with transaction.atomic():
        write(
            Event.USE_REFUSED,
            at=NOW,
            channel=Channel.PORTAL,
            actor=bram.id,
            subject=mandate.representee_id,
            portal=new_id(),
            result="no_licence",
        )
    page = read(mandate.representee)
    assert "Bram Bakker wilde voor u inloggen" in page
    assert "licen" not in page


def test_it_leaves_out_the_own_logins(anna: Party) -> None:
    with transaction.atomic():
        for event in (Event.PORTAL_SIGNED_IN, Event.USE_REFUSED, Event.ACT_REPORTED):
            write(event, at=NOW, channel=Channel.PORTAL, actor=anna.id, subject=anna.id, portal=new_id())
    page = read(anna)
    assert "Er is nog niets voor u gedaan." in page


def test_it_says_u_of_what_the_client_did(anna: Party, mandate: Mandate) -> None:
    shorten(mandate=mandate.id, by=anna, last_day=TODAY + timedelta(days=9), now=NOW)
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    restore(mandate=mandate.id, by=anna, now=NOW)
    stop(mandate=mandate.id, by=anna, now=NOW)
    page = read(anna)
    for said in (
        "U hebt de machtiging korter gemaakt.",
        "U hebt gemeld dat er iets niet klopt.",
        "U hebt deze machtiging gestopt.",
        "Bram Bakker heeft de machtiging geactiveerd.",
    ):
        assert said in page, said


def test_it_never_names_who_typed_a_wrong_code(anna: Party, bram: Party, mandate: Mandate) -> None:
    with transaction.atomic():
        write(Event.CODE_TRIED, at=NOW, channel=Channel.PAGES, actor=bram.id, subject=anna.id, mandate=mandate.id)
    saved = arrive(anna).post(f"{PAGE}/bestand", {"form": "json"}).json()
    line = next(one for one in saved["regels"] if one["soort"] == "code-tried")
    assert line["door"] == "Iemand"


def test_it_tells_of_every_look_up_and_act_of_the_helpdesk(anna: Party, mandate: Mandate) -> None:
    agent = new_id()
    with transaction.atomic():
        for caller, result in (("client", "done"), ("client", "no-match"), ("helper", "done"), ("colleague", "done")):
            write(
                Event.CALLER_LOOKED_UP,
                at=NOW,
                channel=Channel.HELPDESK,
                actor=agent,
                subject=anna.id,
                result=result,
                details={"caller": caller},
            )
        write(
            Event.MANDATE_STOPPED,
            at=NOW,
            channel=Channel.HELPDESK,
            actor=agent,
            subject=anna.id,
            mandate=mandate.id,
            details={"asked_by": "representative"},
        )
    page = read(anna)
    for said in (
        "Een medewerker zocht u op.",
        "Iemand belde met uw BSN.",
        "Een helper belde.",
        "Bram Bakker belde, en de helpdesk heeft deze machtiging gestopt.",
    ):
        assert said in page, said


def test_it_says_why_a_member_opened_the_client(anna: Party, vera: Member) -> None:
    mandate_of(anna, vera.organisation)
    with transaction.atomic():
        for reason in ("urgent", "never-heard-of"):
            write(
                Event.CLIENT_OPENED,
                at=NOW,
                channel=Channel.PAGES,
                actor=vera.party_id,
                subject=anna.id,
                details={"reason": reason, "organisation": str(vera.organisation_id)},
            )
    page = read(anna)
    assert "Vera D., vrijwilliger bij Samen Sterk (naam volgens de organisatie) bekeek uw gegevens" in page
    assert "Er is iets veranderd aan deze machtiging." in page


def test_it_says_when_the_client_disputed_a_line(anna: Party, bram: Party, mandate: Mandate) -> None:
    entry = logged_in(mandate, bram.id, at=YESTERDAY)
    dispute(entry=entry.id, party=anna, kind=DisputeKind.UNWANTED, now=NOW)
    page = read(anna)
    assert "U zei op 23 november 2026 dat dit niet klopt." in page
    assert "U hebt gemeld dat een regel in dit overzicht niet klopt." in page
    withdraw(entry=entry.id, party=anna, now=NOW)
    page = read(anna)
    assert "dat dit niet klopt." not in page
    assert "U nam uw melding over een regel terug." in page


def test_it_leads_to_klopt_niet_from_every_line(anna: Party, bram: Party, mandate: Mandate) -> None:
    details = {"entry": str(logged_in(mandate, bram.id).id)}
    browser = arrive(anna)
    for event in sorted(SHOWN):
        with transaction.atomic():
            line = write(event, at=NOW, channel=Channel.PAGES, actor=bram.id, subject=anna.id, details=details)
        address = reverse("pages:dispute", args=[line.id])
        assert address in browser.get(PAGE).content.decode(), event
        assert browser.get(address).status_code == 200, event


def test_it_shows_dirk_nothing_of_anna(bram: Party, dirk: Party, mandate: Mandate) -> None:
    entry = logged_in(mandate, bram.id)
    did(mandate, bram.id)
    browser = arrive(dirk)
    for path in (PAGE, f"{PAGE}/afdrukken"):
        page = shown(browser.get(path))
        assert "Bram" not in page
        assert ACT not in page
    for query in (f"helper={bram.id}", "service=mijn-toeslagen", f"older={entry.id}", f"newer={entry.id}"):
        assert browser.get(f"{PAGE}?{query}").status_code == 404
    for query in (f"helper={bram.id}", "service=mijn-toeslagen"):
        assert browser.get(f"{PAGE}/afdrukken?{query}").status_code == 404
    assert browser.post(f"{PAGE}/bestand", {"form": "json", "helper": str(bram.id)}).status_code == 404
    saved = browser.post(f"{PAGE}/bestand", {"form": "json"})
    assert saved.json()["regels"] == []
    assert b"Bram" not in browser.post(f"{PAGE}/bestand", {"form": "csv"}).content


def test_it_shows_nobody_who_is_not_logged_in_anything() -> None:
    for path in (PAGE, f"{PAGE}/afdrukken", "/wat-hebt-u-gedaan", "/werk/gedaan"):
        assert Client().get(path).status_code == 302
    assert Client().post(f"{PAGE}/bestand", {"form": "csv"}).status_code == 302


def test_it_is_not_for_who_is_here_as_a_member(vera: Member) -> None:
    at_vera = arrive(vera.party)
    for path in (PAGE, f"{PAGE}/afdrukken", "/wat-hebt-u-gedaan"):
        assert at_vera.get(path)["Location"] == reverse("signin:elsewhere")


def test_it_makes_no_markup_of_what_a_portal_calls_an_act(anna: Party, bram: Party, mandate: Mandate) -> None:
    did(mandate, bram.id, what='<script>alert("x")</script> 100% %(name)s')
    for path in (PAGE, f"{PAGE}/afdrukken"):
        page = arrive(anna).get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; 100% %(name)s" in page


def test_it_has_no_name_in_title_or_address(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id)
    answer = arrive(anna).get(f"{PAGE}?helper={bram.id}&service=mijn-toeslagen&month=2026-11")
    assert answer.status_code == 200
    assert title(answer) == "Wat is er voor u gedaan · Namens"
    assert answer["Cache-Control"] == "no-store"


def test_it_costs_the_same_for_one_line_and_for_two_hundred(anna: Party, bram: Party, mandate: Mandate) -> None:
    visitor = arrive(anna)
    logged_in(mandate, bram.id)
    visitor.get(PAGE)
    few = statements(lambda: visitor.get(PAGE))
    sheet = statements(lambda: visitor.get(f"{PAGE}/afdrukken"))
    many_logins(mandate, bram.id, count=200, each=timedelta(minutes=7))
    assert statements(lambda: visitor.get(PAGE)) == few <= 13
    assert statements(lambda: visitor.get(f"{PAGE}/afdrukken")) == sheet <= 13


def test_it_keeps_the_lines_of_a_helper_after_a_newer_mandate(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id, at=YESTERDAY)
    newer = active(fresh(anna, now=NOW), bram)
    logged_in(newer, bram.id)
    assert read(anna, f"?helper={bram.id}").count("Maandag 23 november 2026") == 1
    assert read(anna, f"?helper={bram.id}").count("10:00 Bram Bakker heeft voor u ingelogd") == 2
