"""The ticket from the first step of a logout to the second. The portal can read it on its way: so it is sealed."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from namens.lib.keyring import UnknownKey
from namens.parties import keys
from namens.parties.keys import BrokenSeal

LIVES = timedelta(minutes=1)
_PURPOSE = "openid-logout"


class WrongTicket(ValueError):
    """Not a ticket of ours, or too old."""


@dataclass(frozen=True)
class Ticket:
    """Whose session ends here, and the address to go to (empty: none)."""

    party: UUID
    destination: str


def sealed(ticket: Ticket, *, now: datetime) -> str:
    """Give a ticket as text that says nothing to anybody else, for one minute."""
    said = {"party": str(ticket.party), "to": ticket.destination, "until": (now + LIVES).isoformat()}
    return keys.seal(_PURPOSE, json.dumps(said))


def opened(text: str, *, now: datetime) -> Ticket:
    """Read a ticket. Raises WrongTicket."""
    try:
        said = json.loads(keys.unseal(_PURPOSE, text))
    except (BrokenSeal, UnknownKey):
        raise WrongTicket from None
    if now >= datetime.fromisoformat(said["until"]):
        raise WrongTicket
    return Ticket(party=UUID(said["party"]), destination=said["to"])
