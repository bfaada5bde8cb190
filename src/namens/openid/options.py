"""The answers on the page For whom do you log in, for somebody who is there as a private person."""

from datetime import datetime

from django.utils.translation import gettext as _

from namens.grants.models import AuthorizationRequest
from namens.grants.standing import Login, for_oneself, offered_to
from namens.mandates.queries import Client, clients_for
from namens.openid.forms import ONESELF, Answer
from namens.openid.wording import services_until
from namens.services.models import Representation


def answers(asked: AuthorizationRequest, own: Login, *, name: str, now: datetime) -> list[Answer]:
    """Give the answers that hold now, a client whom the portal named first. Three statements.

    `own` is the login of somebody with this name who did not choose yet.
    """
    offered = offered_to(own)
    found = []
    if asked.portal.representation != Representation.OTHERS and for_oneself(own, offered=offered) is not None:
        found.append(Answer(value=ONESELF, label=_("For myself"), description=name))
    if asked.portal.representation == Representation.SELF:
        return found
    clients = clients_for(
        portal=asked.portal, representative=own.representative, assurance=own.level, services=own.services, at=now
    )
    names = {service.key: service.name for service in offered}
    clients.sort(key=lambda client: client.party != asked.hinted)
    return found + [_answer(client, names) for client in clients]


def _answer(client: Client, names: dict[str, str]) -> Answer:
    return Answer(value=str(client.party), label=client.name, description=services_until(client.permits, names=names))
