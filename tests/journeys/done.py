"""What somebody does at *Wat is er voor u gedaan*, told once."""

import time

from playwright.sync_api import Locator

from tests.journeys.person import SOON, Person

DONE, BY_ME = "/wat-is-er-gedaan", "/wat-hebt-u-gedaan"
DID = "Bram Bakker heeft dit voor u gedaan bij Mijn toeslagen: Inkomen gewijzigd."


def lines(client: Person, sentence: str) -> Locator:
    """The lines on the page that say this, the newest first."""
    return client.page.locator(".namens-done__line").filter(has_text=sentence)


def reads_of(client: Person, sentence: str, *, after: int) -> None:
    """Open the overview again and again, until it says this once more than so many times."""
    address = client.practice.pages_address + DONE
    deadline = time.monotonic() + SOON
    client.page.goto(address)
    while lines(client, sentence).count() <= after:
        assert time.monotonic() < deadline, f"no new line says: {sentence}"
        client.page.goto(address)
    client.looks()


def says_it_is_wrong(client: Person, sentence: str, *, what: str) -> None:
    """Say of the newest line with this sentence that it is not right."""
    with client.page.expect_navigation():
        lines(client, sentence).first.get_by_role("link", name="Dit klopt niet").click()
    client.looks()
    client.chooses(what)
    client.clicks("Volgende")
    client.sees_heading("Controleer wat u zegt")
    client.clicks("Ja, dit klopt niet")
    client.sees_heading("Wij kijken ernaar")
