"""Events as Namens writes and sends them."""

import base64
import hmac
import json
import time
from hashlib import sha256
from typing import Any

from mijn_toeslagen.tests.conftest import ANNA, BRAM, Browser
from mijn_toeslagen.tests.portals_door import MANDATE

HOOK = "/namens/gebeurtenissen"
OTHER_MANDATE = "01890a5d-ac96-774b-bcce-b302099a8058"
OFFICE = "90000001"
STOPPED = "Deze machtiging geldt niet meer. U bent uitgelogd."


def event(
    kind: str = "machtiging.gestopt", *, number: int = 1, mandate: str = MANDATE, sequence: int = 2, **content: object
) -> dict[str, Any]:
    """Give an event as Namens writes it."""
    about = {
        "machtiging": mandate,
        "volgnummer": sequence,
        "vertegenwoordigde": {"soort": "persoon", "id": ANNA["sub"]},
        "gemachtigde": {"soort": "persoon", "id": BRAM["sub"]},
        "diensten": ["mijn-toeslagen"],
        "uitgezonderd": [],
    }
    return {
        "id": f"01890a5d-ac96-774b-bcce-{number:012d}",
        "nummer": number,
        "type": kind,
        "tijdstip": "2026-11-23T09:30:00Z",
        "gegevens": content or about,
    }


def deliver(browser: Browser, told: dict[str, Any], *, secret: str = "", late: int = 0) -> int:
    """Post an event as Namens does; gives the status."""
    body, sent = json.dumps(told).encode(), str(int(time.time()) - late)
    key = base64.b64decode((secret or browser.provider.webhook_secret).removeprefix("whsec_"))
    signature = hmac.new(key, f"{told['id']}.{sent}.".encode() + body, sha256).digest()
    headers = {"webhook-id": told["id"], "webhook-timestamp": sent}
    headers["webhook-signature"] = "v1," + base64.b64encode(signature).decode()
    return browser.client.post(HOOK, data=body, headers=headers, content_type="application/json").status_code
