"""What happens in more than one journey, told once."""

import re
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from playwright.sync_api import expect

from namens.lib import clock
from namens.lib.periods import Duration
from tests.journeys.person import Person
from tools.practice_portals import Portal

BOTH = "Inkomstenbelasting en toeslagen"
CODE = re.compile(r"[346789BCDFGHJKMPQRTVWXY]{4}(-[346789BCDFGHJKMPQRTVWXY]{4}){2}")


def helper_number_of(helper: Person) -> str:
    """Let a helper, logged in, look up the own number."""
    helper.opens("/helpernummer")
    return helper.page.locator(".namens-number").inner_text().strip()


def gives(client: Person, *, to: Person, services: tuple[str, ...] = (BOTH,), extra: str = "Nee") -> str:
    """Let somebody give a helper a mandate for a year; both log in first. Gives the code."""
    to.logs_in()
    number = helper_number_of(to)
    client.logs_in()
    client.clicks("Iemand machtigen")
    client.fills("Helpernummer", number)
    client.clicks("Volgende")
    client.clicks("Ja, dit is mijn helper")
    answers_the_questions(client, services=services, extra=extra)
    client.clicks(f"Ja, {to.name} mag dit voor mij doen")
    return shown_code(client)


def answers_the_questions(
    client: Person, *, services: tuple[str, ...] = (BOTH,), extra: str = "Nee", until: str = "1 jaar"
) -> None:
    """Answer everything between the name of the helper and the check page."""
    client.ticks(*services)
    client.clicks("Volgende")
    client.chooses(extra, question="Mag uw helper ook uw rekeningnummer wijzigen?")
    client.clicks("Volgende")
    client.chooses("Vanaf vandaag")
    client.clicks("Volgende")
    client.chooses(until)
    client.clicks("Volgende")
    client.chooses("Nee", question="Staat u onder bewind of curatele?")
    client.clicks("Volgende")
    client.chooses("Ja", question="Hebt u een toeslagpartner?")
    client.clicks("Volgende")


def shown_code(client: Person) -> str:
    """Open the code that is masked, and read it."""
    client.sees_heading("Uw code")
    client.clicks("Laat de code zien")
    symbols = client.page.locator(".namens-code__symbols")
    expect(symbols).to_have_text(CODE)
    return symbols.inner_text().strip()


def types_code(helper: Person, *, code: str, bsn: str) -> None:
    """Type a code and a BSN at Machtiging activeren, and go on."""
    helper.opens("/activeren")
    helper.fills("Code", code)
    helper.fills("BSN van uw cliënt", bsn)
    helper.clicks("Volgende")


def activates(helper: Person, *, code: str, client: Person) -> None:
    """Use the code of a client."""
    types_code(helper, code=code, bsn=client.bsn)
    helper.sees_heading(f"U gaat {client.name} helpen")
    helper.clicks(f"Ja, ik help {client.name}")
    helper.sees_heading("De machtiging is actief")


def has_mandate(client: Person, helper: Person, *, extra: str = "Nee") -> None:
    """Let a client give a helper a mandate for income tax and allowances, and the helper activate it."""
    activates(helper, code=gives(client, to=helper, extra=extra), client=client)


def enters(visitor: Person, portal: Portal, *, for_whom: str) -> None:
    """Log in at a portal, for oneself or for a client."""
    goes_to(visitor, portal)
    visitor.chooses(for_whom)
    visitor.clicks(f"Inloggen bij {portal.title}")
    assert visitor.page.url == f"{portal.address}/overzicht", visitor.page.url


def goes_to(visitor: Person, portal: Portal) -> None:
    """Go to a portal and log in there, up to the question for whom."""
    visitor.opens(portal.address)
    visitor.logs_in_at_portal()
    visitor.sees_heading(f"Inloggen bij {portal.title}")


def changes_income(helper: Person, portal: Portal, *, to: str) -> None:
    """Fill in another income at a portal, up to the last question."""
    helper.opens(f"{portal.address}/inkomen")
    helper.page.locator("#value").fill(to)
    helper.clicks("Verder")
    helper.sees_heading("Controleer uw wijziging")


def opens_mandate(person: Person, *, of: str) -> None:
    """Open the page of the one mandate with somebody."""
    person.opens("/mijn-machtigingen")
    person.clicks(of)


def written(day: date) -> str:
    """A date as people write it: 22 december 2026."""
    with translation.override("nl"):
        return date_format(day, "j F Y")


def a_year_from_today() -> date:
    """The last day of one year that begins today."""
    return Duration.ONE_YEAR.last_day(clock.today())
