"""What an operator fills in about a portal, every page about one, and short words for what is done most."""

import json
import re
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from namens.services.models import Portal, PortalChange
from namens.services.profiles import MachineScope
from tests.openid.relying import key
from tests.pages.visiting import Answered

KEYS = json.dumps({"keys": [key("EC").as_dict(private=False)]})
FILLED_IN: dict[str, Any] = {
    "client_id": "gemeente-voorbeeld",
    "sector": "gemeente-voorbeeld",
    "name": "Gemeente Voorbeeld",
    "services": ["mijn-toeslagen"],
    "representation": "both",
    "redirect_uris": "https://gemeente.example/terug\r\nhttps://gemeente.example/ook-terug",
    "post_logout_redirect_uris": "",
    "start_url": "",
    "back_channel_logout_uri": "https://gemeente.example/uit",
    "events_uri": "",
    "profile": "nlgov",
    "authentication": "private_key_jwt",
    "jwks": KEYS,
    "jwks_uri": "",
    "certificate_subject": "",
    "token_binding": "none",
    "id_token_algorithm": "ES256",
    "id_token_encryption": "none",
    "userinfo_algorithm": "none",
    "userinfo_encryption": "none",
    "claim_names": "",
    "bsn_legal_basis": "",
    "acts": "",
    "answers": ["gives_reasons"],
    "search_basis": "",
}
HEARS: dict[str, Any] = {
    "machine_scopes": [MachineScope.PORTALS.value],
    "events_uri": "https://gemeente.example/gebeurtenissen",
}
COMPAT = {"profile": "compat", "authentication": "client_secret", "jwks": "", "id_token_algorithm": "RS256"}
NEW = "/beheer/portalen/nieuw"


def page_of(portal: Portal) -> str:
    """Give the address of the page about it."""
    return reverse("pages:portal", args=[portal.id])


def pages_of(portal: Portal) -> list[str]:
    """Give every page that an operator can open about a portal, and those about all."""
    names = ["", "-change", "-secret", "-refuse", "-withdraw", "-refusals", "-proof", "-decisions"]
    names += ["-events-secret", "-events-secret-new"]
    return [reverse("pages:portals"), NEW, *(reverse(f"pages:portal{name}", args=[portal.id]) for name in names)]


def acts_on(portal: Portal, change: UUID) -> list[tuple[str, dict[str, Any]]]:
    """Give everything that an operator can change, with what is typed."""
    return [
        (NEW, FILLED_IN),
        (reverse("pages:portal-change", args=[portal.id]), FILLED_IN),
        (reverse("pages:portal-approve", args=[portal.id]), {}),
        (reverse("pages:portal-refuse", args=[portal.id]), {}),
        (reverse("pages:portal-withdraw", args=[portal.id]), {}),
        (reverse("pages:portal-events-secret-new", args=[portal.id]), {}),
        (reverse("pages:portal-change-approve", args=[portal.id, change]), {}),
        (reverse("pages:portal-change-refuse", args=[portal.id, change]), {}),
    ]


def proposes(browser: Client, **typed: Any) -> Answered:  # noqa: ANN401 - what is typed
    """Let an operator propose a portal, and give the page that follows."""
    return browser.post(NEW, {**FILLED_IN, **typed}, follow=True)


def changes(browser: Client, portal: Portal, **typed: Any) -> Answered:  # noqa: ANN401 - what is typed
    """Let an operator change something of what the form shows, and give the page that follows."""
    address = reverse("pages:portal-change", args=[portal.id])
    return browser.post(address, {**FILLED_IN, **typed}, follow=True)


def does(browser: Client, what: str, portal: Portal) -> Answered:
    """Let an operator press a button about a portal, and give the page that follows."""
    return browser.post(reverse(f"pages:portal-{what}", args=[portal.id]), follow=True)


def decides(browser: Client, what: str, change: PortalChange) -> Answered:
    """Let an operator decide on a change, and give the page that follows."""
    address = reverse(f"pages:portal-change-{what}", args=[change.portal_id, change.id])
    return browser.post(address, follow=True)


def admitted(at_olga: Client, at_oscar: Client, **typed: Any) -> Portal:  # noqa: ANN401 - what is typed
    """Give a portal that these two registered on the pages."""
    proposes(at_olga, **typed)
    does(at_oscar, "approve", Portal.objects.get())
    return Portal.objects.get()


def secret_on(page: Answered) -> str:
    """Give the secret that stands on a page; empty when none does."""
    found = re.search(r'<code class="namens-link" translate="no">([\w-]+)</code>', page.content.decode())
    return found[1] if found else ""
