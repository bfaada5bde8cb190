"""What people meet while they sit at one table: a hand-off on the phone of the client, and the client's own login."""

import re
from urllib.parse import urlencode

from django.urls import resolve, reverse

from namens.appointments.models import Appointment
from namens.mandates.models import Mandate
from namens.pages.appointments.preparing import Page as Question
from namens.pages.table.asking import Page
from namens.parties.models import Party
from namens.services.models import Portal
from tests.pages.appointments import preparing
from tests.pages.client.agreeing import page_of
from tests.pages.languages.visit import Visit
from tests.pages.visiting import arrive, press, send
from tests.people import TODAY, portal

ANSWERS: dict[Page, dict[str, object]] = {
    Page.SERVICES: {"services": ["mijn-toeslagen"]},
    Page.LENGTH: {"duration": "today"},
    Page.WHO: {"label": "mevrouw De Vries"},
    Page.PARTNER: {"partner": "yes"},
}
ADVICE = {
    "situation": "ordinary",
    "helper": "private",
    "bsn": "yes",
    "digid": "no",
    "partner": "yes",
    "reach": "around",
    "day": "2026-12-10",
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


def asks_which_way(somebody: Visit) -> None:
    """Look at the first question, a later one, and the advice as page, sheet and picture card."""
    somebody.to("which-way")
    answered = urlencode(ADVICE)
    for name in ("which-way", "which-way-sheet", "which-way-card"):
        somebody.opens(f"{reverse(f'pages:{name}')}?{answered}", "advice")
    somebody.opens(f"{reverse('pages:which-way')}?situation=ordinary", "question")


def prepares(helper: Visit, client: Visit) -> None:
    """Make an appointment question by question, and one for today that begins and closes."""
    helper.to("appointments", mark="empty")
    helper.to("appointment")
    path = preparing.begin(helper.browser)
    for page in Question:
        path = preparing.walk(helper.browser, page, path, **preparing.WITH_PARTNER)
        helper.opens(path)
        if page is not Question.CHECK:
            helper.sends(path)
    press(helper.browser, path)
    later = Appointment.objects.get()
    helper.to("appointments")
    for name in ("detail", "made", "move", "cancel"):
        helper.to(f"appointment-{name}", later.id)
    for role in ("client", "partner"):
        helper.to("appointment-sheet", later.id, role, mark=role)
    helper.sends(reverse("pages:appointment-move", args=[later.id]))
    client.to("my-appointments")
    now = preparing.prepared(helper.browser, WHEN=preparing.moment(TODAY, at="12:00"), **preparing.AT_TABLE)
    helper.to("appointment-begin", now.id)
    send(helper.browser, reverse("pages:appointment-begin", args=[now.id]))
    helper.to("appointment-detail", now.id, mark="today")
    helper.to("appointment-phone", now.id)
    helper.to("appointment-close", now.id)
