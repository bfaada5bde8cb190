"""Every page and every act of an operator, and short words for what operators do most."""

import re
from uuid import UUID

from django.test import Client
from django.urls import reverse

from namens.organisations.models import Block, Merger, Organisation
from tests.pages.visiting import Answered

ADMITS = {
    "kvk_number": "9000 0031",
    "name": "Buurthuis De Linde",
    "may_process_bsn": "no",
    "bsn_basis": "",
    "given_name": "Tineke",
    "family_name": "Bos",
    "email": "tineke@delinde.example",
}
LAST_DAY = {"last_day_day": "31", "last_day_month": "12", "last_day_year": "2099"}
MERGES = {**ADMITS, "kvk_number": "90000055", "name": "Samen Verder", **LAST_DAY}
REASON = {"reason": "Melding van een cliënt"}


def page_of(organisation: Organisation) -> str:
    """Give the address of the page about it."""
    return reverse("pages:organisation", args=[organisation.party_id])


def pages_of(organisation: Organisation, member: UUID) -> list[str]:
    """Give every page that an operator can open about an organisation, and those about all."""
    one = [organisation.party_id]
    names = ["", "-people", "-admit", "-refuse", "-manager", "-invited", "-block", "-rename", "-leave", "-merge"]
    return [
        reverse("pages:organisations"),
        reverse("pages:organisation-admit-new"),
        *(reverse(f"pages:organisation{name}", args=one) for name in names),
        reverse("pages:organisation-block-member", args=[*one, member]),
    ]


def acts_on(organisation: Organisation, member: UUID) -> list[tuple[str, dict[str, str]]]:
    """Give everything that an operator can change, with what is typed."""
    one = [organisation.party_id]
    block, merger = Block.objects.get().id, Merger.objects.get().id
    person = {name: ADMITS[name] for name in ("given_name", "family_name", "email")}
    return [
        (reverse("pages:organisation-admit-new"), ADMITS),
        (reverse("pages:organisation-admit", args=one), ADMITS),
        (reverse("pages:organisation-refuse", args=one), {}),
        (reverse("pages:organisation-manager", args=one), person),
        (reverse("pages:organisation-invite-again", args=[*one, member]), {}),
        (reverse("pages:organisation-block", args=one), REASON),
        (reverse("pages:organisation-block-member", args=[*one, member]), REASON),
        (reverse("pages:organisation-lift", args=[*one, block]), {}),
        (reverse("pages:organisation-keep", args=[*one, block]), {}),
        (reverse("pages:organisation-rename", args=one), {"name": "Van Dirk"}),
        (reverse("pages:organisation-leave", args=one), {**LAST_DAY, "sure": "yes"}),
        (reverse("pages:organisation-merge", args=one), MERGES),
        (reverse("pages:organisation-merge-agree", args=[*one, merger]), {}),
        (reverse("pages:organisation-merge-refuse", args=[*one, merger]), {}),
    ]


def does(browser: Client, what: str, organisation: Organisation, typed: dict[str, str] | None = None) -> Answered:
    """Let an operator do something with an organisation, and give the page that follows."""
    address = reverse(f"pages:organisation-{what}", args=[organisation.party_id])
    return browser.post(address, typed or {}, follow=True)


def link_on(page: Answered) -> str:
    """Give the path of the invitation's link that stands on a page."""
    found = re.search(r"http://localhost:8000(/organisatie/uitnodiging/[\w-]+)", page.content.decode())
    assert found is not None
    return found[1]
