"""The answers on the page For whom do you log in, and the honest no for a client who is not among them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.grants.models import AuthorizationRequest
from namens.grants.queries import Obstacle
from namens.grants.standing import Login, for_oneself, offered_to
from namens.mandates.decision import Reason
from namens.mandates.queries import Client, clients_for
from namens.openid.forms import ONESELF, Answer
from namens.services.models import Representation
from namens.signin.session import Visitor


@dataclass(frozen=True)
class Explanation:
    """Why somebody is not in the list, and what the helper can do."""

    heading: str
    sentences: list[str]


def login(asked: AuthorizationRequest, visitor: Visitor) -> Login:
    """Give what this visitor wants before anybody is chosen."""
    return Login(
        portal=asked.portal,
        party=visitor.party.id,
        representee=None,
        level=visitor.level,
        services=tuple(asked.services),
        organisation=visitor.member.organisation_id if visitor.member else None,
    )


def answers(asked: AuthorizationRequest, visitor: Visitor, *, now: datetime) -> list[Answer]:
    """Give the answers that hold now, a client whom the portal named first. Three statements."""
    own = login(asked, visitor)
    offered = offered_to(own)
    found = []
    if asked.portal.representation != Representation.OTHERS and for_oneself(own, offered=offered) is not None:
        found.append(Answer(value=ONESELF, label=_("For myself"), description=visitor.name))
    if asked.portal.representation == Representation.SELF:
        return found
    clients = clients_for(
        portal=asked.portal, representative=own.representative, assurance=own.level, services=own.services, at=now
    )
    names = {service.key: service.name for service in offered}
    clients.sort(key=lambda client: client.party != asked.hinted)
    return found + [_answer(client, names) for client in clients]


def explanation(obstacle: Obstacle) -> Explanation:
    """Give the honest no: why, and what to do. Never who stopped it, or why."""
    sentence, advice = _WORDS.get(obstacle.reason, _WORDS[Reason.STOPPED])
    day = {"day": written(obstacle.day) if obstacle.day else ""}
    heading = obstacle.name or _("A mandate waits for you")
    return Explanation(heading=heading, sentences=[str(sentence) % day, str(advice)])


def written(day: date) -> str:
    """Give a date as people write it: 22 december 2026."""
    return date_format(day, "j F Y")


def _answer(client: Client, names: dict[str, str]) -> Answer:
    last_day = min(permit.last_day for permit in client.permits)
    services = ", ".join(names[permit.service] for permit in client.permits)
    until = _("until and including %(day)s") % {"day": written(last_day)}
    return Answer(value=str(client.party), label=client.name, description=f"{services}, {until}")


_WORDS = {
    Reason.ASSURANCE_TOO_LOW: (
        gettext_lazy("The way you logged in is not secure enough for this service."),
        gettext_lazy("Log in again, with a more secure way to log in."),
    ),
    Reason.NOT_STARTED: (
        gettext_lazy("Your mandate begins on %(day)s."),
        gettext_lazy("Log in again from that day on."),
    ),
    Reason.NOT_ACTIVATED: (
        gettext_lazy("You have to fill in a code first."),
        gettext_lazy("Ask your client for the code, and choose Activate a mandate."),
    ),
    Reason.EXPIRED: (
        gettext_lazy("Your mandate ended on %(day)s."),
        gettext_lazy("Ask your client for a new mandate."),
    ),
    Reason.STOPPED: (
        gettext_lazy("Your mandate was stopped."),
        gettext_lazy("Ask your client for a new mandate."),
    ),
    Reason.WRONG_SERVICE: (
        gettext_lazy("Your mandate is for another service of this site."),
        gettext_lazy("Ask your client for a mandate for this service too."),
    ),
}
