"""What people meet while they sit at one table: a hand-off on the phone of the client, and the client's own login."""

import re

from django.urls import resolve, reverse

from namens.mandates.models import Mandate
from namens.pages.table.asking import Page
from namens.parties.models import Party
from namens.services.models import Portal
from tests.pages.client.agreeing import page_of
from tests.pages.languages.visit import Visit
from tests.pages.visiting import arrive, press, send
from tests.people import portal

ANSWERS: dict[Page, dict[str, object]] = {
    Page.SERVICES: {"services": ["mijn-toeslagen"]},
    Page.LENGTH: {"duration": "today"},
    Page.WHO: {"label": "mevrouw De Vries"},
    Page.PARTNER: {"partner": "yes"},
}
NUMBER = re.compile(r'class="namens-number"[^>]*>([^<]+)<')


def hands_over(helper: Visit, client: Visit) -> None:
    """Let the helper show a QR, and the client type the number under it."""
    helper.to("table")
    path = send(helper.browser, reverse("pages:table"))["Location"]
    while (page := Page(str(resolve(path).url_name))) is not Page.CHECK:
        helper.sends(helper.opens(path))
        path = send(helper.browser, path, ANSWERS[page])["Location"]
    helper.opens(path)
    press(helper.browser, path)
    shown = helper.browser.get(path)["Location"]
    helper.opens(shown)
    number = NUMBER.search(helper.browser.get(shown).content.decode())
    assert number is not None
    asked = resolve(shown).kwargs["asked"]
    helper.to("hand-off-partner", asked)
    client.sends(client.to("now"))
    client.sends(reverse("pages:now"), "wrong", hand_off_number="1234 5678")
    send(client.browser, reverse("pages:now"), {"hand_off_number": number[1]})
    client.opens(reverse("pages:hand-off", args=["nothing"]))
    client.to("open-hand-off")
    asking = Mandate.objects.exclude(closes_at=None).get()
    path = client.opens(page_of(asking), "at the table")
    client.sends(client.opens(send(client.browser, path, {"answer": "yes"})["Location"]))
    helper.opens(shown, "opened")
    helper.to("hand-off-stop", asked)


def logs_in_here(helper: Visit, anna: Party) -> None:
    """Let the client log in on the helper's computer."""
    helper.to("visit")
    begun = send(helper.browser, reverse("pages:visit"), {"portal": str(_portal().id)})
    if begun.status_code == 302:
        helper.to("visit-turn")
        arrive(anna, client=helper.browser)
        helper.to("visit-turn", mark="client")
        helper.to("visit-leaving")
    helper.to("visit-closed")


def _portal() -> Portal:
    return Portal.objects.first() or portal()
