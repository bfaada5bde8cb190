"""What Anna and Bram can be asked to do there."""

from collections.abc import Callable
from uuid import UUID

from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates.actions import report, restore, shorten, stop
from namens.mandates.models import ReportKind
from namens.services.actions import approve_portal, propose_portal, withdraw_portal
from namens.services.models import Portal
from tests.people import active, load_catalogue, person, portal_terms, terms

SERVICES = ("mijn-toeslagen", "inkomstenbelasting")
PORTAL = "mijn-toeslagen-portaal"


class Acts:
    """Anna, Bram, the catalogue and a portal."""

    def __init__(self) -> None:
        load_catalogue()
        self._anna, self._bram = (person(name, now=clock.now()) for name in ("anna", "bram"))
        propose_portal(terms=portal_terms(PORTAL, *SERVICES), by="olga", now=clock.now())
        approve_portal(client_id=PORTAL, by="otto", now=clock.now())

    def do(self, action: str, mandate: UUID | None) -> UUID:
        """Do one of them; gives the mandate that it was about."""
        if mandate is None:
            return self._give()
        acts: dict[str, Callable[[UUID], object]] = {
            "stop": lambda one: stop(mandate=one, by=self._anna, now=clock.now()),
            "helper-stops": lambda one: stop(mandate=one, by=self._bram, now=clock.now()),
            "stop-service": lambda one: stop(mandate=one, by=self._anna, now=clock.now(), service=SERVICES[0]),
            "report": lambda one: report(mandate=one, by=self._anna, kind=ReportKind.UNWANTED, now=clock.now()),
            "restore": lambda one: restore(mandate=one, by=self._anna, now=clock.now()),
            "shorten": lambda one: shorten(mandate=one, by=self._anna, last_day=clock.today(), now=clock.now()),
            "withdraw-portal": lambda _one: self._withdraw(),
        }
        acts[action](mandate)
        return mandate

    def _give(self) -> UUID:
        what = terms(*SERVICES, first_day=clock.today())
        return active(self._anna, self._bram, what=what, now=clock.now()).id

    def _withdraw(self) -> None:
        known = Portal.objects.get(client_id=PORTAL, status="approved")
        withdraw_portal(portal=known.id, by="olga", channel=Channel.COMMAND, now=clock.now())
