"""Every page that a client meets, in one language: who never visited one of them here makes a test fail."""

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

from namens.helpdesk import disputes
from namens.helpdesk.models import Answer, DisputeKind
from namens.lib.ids import new_id
from namens.mandates.actions import report, stop
from namens.mandates.models import Mandate, MandateRequest, MandateService, ReportKind
from namens.mandates.states import State
from namens.organisations.models import Member, MemberKind
from namens.pages.client.giving import Page
from namens.pages.errors import error_page
from namens.pages.helper.asking import Page as Question
from namens.pages.language import is_in_two_languages
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from tests.helpdesk.disputing import acted, looked_up, opened, says
from tests.pages.client.agreeing import asked_of, check_page, page_of
from tests.pages.client.walking import begin, begin_open, walk
from tests.pages.helper import asking
from tests.pages.languages import at_table
from tests.pages.languages.visit import Pages, Visit
from tests.pages.visiting import AWAY, UNKNOWN, Register, arrive, press, send
from tests.people import BSNS, NOW, active, give, portal, terms, use_code
from tests.post.mailing import with_address
from tests.staff import make_agent
from tests.working import activated, licence, member, organisation

ERRORS = ("400", "403", "404", "405", "429", "500", "503", "csrf")
TWO = ("mijn-toeslagen", "inkomstenbelasting")
ANSWERED: Mapping[str, Mapping[str, object]] = {
    "PARTNER": {"partner": "yes"},
    "EXTRA": {"rekeningnummer-wijzigen": "yes"},
}
QUESTIONS = [page for page in Page if page not in {Page.WHO, Page.THERE}]
READ = ("home", "accessibility", "privacy", "logged-out", "elsewhere", "which")


def pages_met(*, anna: Party, bram: Party, carla: Party, language: str, register: Register) -> Pages:
    """Visit everything as Anna and, for what a helper does privately, as Bram; and everybody's pages as nobody."""
    client = Visit(language, arrive(anna))
    _reads(client)
    active(anna, carla)
    _gives(client, helper_number_of(party=bram, now=NOW), register)
    _keeps_mandates(client, anna, bram)
    _answers(client, anna, bram)
    _has_letters(client, anna)
    _reads_what_was_done(client, carla)
    helper = Visit(language, arrive(bram))
    _helps(helper, anna, bram)
    helper.to("done-by-me", mark="full")
    at_table.hands_over(helper, client)
    at_table.prepares(helper, client)
    at_table.asks_which_way(helper)
    at_table.logs_in_here(helper, anna)
    again = Visit(language, arrive(anna))
    _disputes(again, anna, bram)
    return {**_public(language), **helper.pages, **client.pages, **again.pages}


def not_met(pages: Pages) -> set[str]:
    """Give the names of addresses in rooms for clients that nothing in `pages` came from."""
    seen = {name.partition(" ")[0] for name in pages}
    return {name for name in _names(get_resolver()) if name not in seen}


def _names(resolver: URLResolver) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _names(one)
        elif _is_for_clients(one):
            yield str(one.name)


def _is_for_clients(pattern: URLPattern) -> bool:
    room: str = pattern.callback.__module__
    return room.startswith("namens.pages.") and not is_in_two_languages(pattern.callback)


def _public(language: str) -> Pages:
    somebody = Visit(language, Client())
    for name in READ:
        somebody.to(name, mark="logged out")
    for path in ("/openid/authorize", "/openid/logout", "/openid/logout/done", "/openid/logout/gone"):
        somebody.opens(path)
    for error in ERRORS:
        request = HttpRequest()
        status = 403 if error == "csrf" else int(error)
        with translation.override(language):
            page: HttpResponse = error_page(request, status=status, template=error)
        somebody.pages[f"error {error}"] = page.content.decode()
    return somebody.pages


def _reads(client: Visit) -> None:
    for name in READ:
        client.to(name)
    client.to("mandates", mark="empty")
    client.to("requests", mark="empty")
    client.to("letters", mark="empty")
    for name in ("done", "done-print", "done-by-me"):
        client.to(name, mark="empty")


def _gives(client: Visit, number: str, register: Register) -> None:
    """Give a mandate and an open code, looking at each question before and after it was forgotten."""
    for name in ("give", "give-organisation", "give-open"):
        client.sends(client.to(name), search="")
    client.opens(f"{reverse('pages:give-organisation')}?q=Samen")
    client.sends(reverse("pages:give"), mark="wrong", number="BCDFGHJKM")
    path = begin(client.browser, number)
    for page in QUESTIONS:
        path = walk(client.browser, path, page, **ANSWERED, OTHERS=_no_to_others())
        client.opens(path)
        if page not in {Page.HELPER, Page.CHECK}:
            client.sends(path)
    draft = str(resolve(path).kwargs["draft"])
    for name in ("give-who", "give-organisation-in", "give-open-in"):
        client.to(name, draft)
    for register.answer, mark in ((AWAY, "away"), (UNKNOWN, "unknown"), (None, "")):
        answered = press(client.browser, path)
        client.keep(answered, path, mark)
    client.opens(answered["Location"], "just given")
    given = Mandate.objects.get(state=State.OFFERED)
    client.to("given", given.id)
    client.to("code", given.id)
    client.to("code-sheet", given.id)
    client.to("mandate", given.id, mark="waiting")
    press(client.browser, walk(client.browser, begin_open(client.browser), Page.CHECK, OTHERS=_no_to_others()))
    opened = Mandate.objects.get(representative=None)
    client.to("code", opened.id, mark="open code")
    client.to("code-sheet", opened.id, mark="open code")


def _no_to_others() -> dict[str, object]:
    """Let every other helper go on."""
    return {str(line.id): "no" for line in MandateService.objects.all()}


def _keeps_mandates(client: Visit, anna: Party, bram: Party) -> None:
    """Look at mandates in every state, and at every question about them."""
    mandate = active(anna, bram, what=terms(*TWO, granted=["rekeningnummer-wijzigen"]))
    who = _vera()
    at_work = activated(anna, who)
    client.to("mandates")
    client.to("desk")
    for one, mark in ((mandate, ""), (at_work, "organisation")):
        client.to("mandate", one.id, mark=mark)
        for name in ("shorten", "report"):
            client.sends(client.to(name, one.id, mark=mark), f"forgotten {mark}")
        client.to("stop", one.id, mark=mark)
        client.to("report-unwanted", one.id, mark=mark)
        client.to("renew", one.id, mark=mark)
        client.to("second-yes", one.id, mark=mark)
        client.to("report-refused", one.id, mark=mark)
    client.to("leave-out", at_work.id, who.party_id)
    send(client.browser, reverse("pages:leave-out", args=[at_work.id, who.party_id]))
    client.to("let-in", at_work.id, who.party_id)
    client.to("mandate", at_work.id, mark="left out")
    _ends_mandates(client, anna, mandate, at_work)


def _ends_mandates(client: Visit, anna: Party, mandate: Mandate, at_work: Mandate) -> None:
    report(mandate=at_work.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    client.to("reported", at_work.id)
    client.to("restore", at_work.id)
    client.to("mandate", at_work.id, mark="suspended")
    report(mandate=mandate.id, by=anna, kind=ReportKind.SPELLING, now=NOW)
    client.to("reported", mandate.id, mark="spelling")
    stop(mandate=mandate.id, by=anna, now=NOW)
    client.to("stopped", mandate.id)
    client.to("mandate", mandate.id, mark="stopped")
    client.to("mandates", mark="with stopped ones")


def _vera() -> Member:
    found = member(organisation(), "Vera", family_name="Dijk", kind=MemberKind.VOLUNTEER)
    licence(found)
    return found


def _answers(client: Visit, anna: Party, bram: Party) -> None:
    """Look at what somebody asks, and say yes, no, and that nobody knows this person."""
    asked = asked_of(anna, bram, keys=TWO)
    client.to("home", mark="asked")
    client.to("mandates", mark="asked")
    client.to("requests")
    client.sends(client.opens(page_of(asked)))
    for name in ("decline", "decline-unknown"):
        client.to(name, asked.id)
    path = check_page(client.browser, asked, answer="shorter", OTHERS=_no_to_others())
    client.opens(path, "of a request")
    client.opens(press(client.browser, path)["Location"], "said yes")
    client.opens(page_of(asked), "said yes")
    for name in ("decline", "decline-unknown"):
        other = asked_of(anna, bram, keys=("mijn-toeslagen",))
        client.opens(send(client.browser, reverse(f"pages:{name}", args=[other.id]))["Location"], name)


def _reads_what_was_done(client: Visit, carla: Party) -> None:
    """Look at all that was done, at what fits nothing, and at the sheet."""
    for name in ("done", "done-print"):
        client.to(name, mark="full")
        client.opens(f"{reverse(f'pages:{name}')}?month={NOW:%Y-%m}", "chosen")
    client.opens(f"{reverse('pages:done')}?helper={carla.id}&service=inkomstenbelasting", "nothing")


def _has_letters(client: Visit, anna: Party) -> None:
    client.to("letters")
    client.sends(client.to("letter-preferences"))
    client.sends(client.to("email"))
    client.sends(reverse("pages:email"), "sent", email="anna@example.nl")
    client.sends(client.to("email-code"))
    client.to("email-stop")
    client.to("messages", mark="without an address")
    with_address(anna)
    client.to("letters", mark="with an address")
    client.sends(client.to("messages"), "kept", about="changes")


def _disputes(client: Visit, anna: Party, bram: Party) -> None:
    """Say of lines that they are not right, in every shape that a line has, and see how each stands then."""
    where = portal("ander-portaal")
    act = acted(active(anna, bram), where)
    client.sends(client.to("dispute", act.id))
    client.to("dispute-check", act.id, "not-done")
    client.to("disputed", act.id, mark="not said")
    says(anna, act)
    client.to("disputed", act.id)
    client.opens(send(client.browser, reverse("pages:dispute-withdraw", args=[act.id]))["Location"], "taken back")
    agent, other = make_agent("Hester"), make_agent("Karim")
    called = looked_up(anna, agent)
    client.to("dispute", called.id, mark="of the helpdesk")
    disputes.answer(call=opened(other, says(anna, called, DisputeKind.WRONG)), outcome=Answer.PASSED_ON, now=NOW)
    client.to("disputed", called.id, mark="answered")
    client.to("desk", mark="answered")
    client.to("done", mark="answered")


def _helps(helper: Visit, anna: Party, bram: Party) -> None:
    """Ask for a mandate, and use a code."""
    helper.to("helper-number")
    helper.to("helper-number-reset")
    helper.sends(helper.to("activate"))
    helper.sends(reverse("pages:activate"), mark="wrong", code="BCDF-GHJK-MPQR", bsn=BSNS["anna"].digits)
    given = give(anna, bram)
    typed = send(helper.browser, reverse("pages:activate"), {"code": given.code.reveal(), "bsn": BSNS["anna"].digits})
    helper.opens(typed["Location"])
    used = use_code(given, bram)
    helper.to("activated", used.id)
    helper.to("mandate", used.id, mark="as helper")
    helper.to("table-renew", used.id)
    helper.to("mandates", mark="as helper")
    _asks(helper)


def _asks(helper: Visit) -> None:
    helper.to("ask")
    path = asking.begin(helper.browser)
    for page in Question:
        path = asking.walk(helper.browser, page, path, **asking.WITH_PARTNER)
        helper.opens(path)
        if page is not Question.CHECK:
            helper.sends(path)
    press(helper.browser, path)
    asked = MandateRequest.objects.latest("id").id
    helper.to("asked-done", asked)
    for name in ("asked", "asked-sheet", "asked-withdraw"):
        helper.to(name, asked)
    helper.opens(reverse("pages:mandate", args=[new_id()]), "of nobody")
