"""The honest no: why a client is not in the list, and what to do. Never who stopped something, or why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.grants.queries import Obstacle
from namens.mandates.decision import Reason
from namens.mandates.licences import Gap, Missing
from namens.openid.wording import written
from namens.organisations.models import Member


@dataclass(frozen=True)
class Explanation:
    """Why somebody is not in the list, and what the helper can do."""

    heading: str
    sentences: list[str]


def explanation(obstacle: Obstacle) -> Explanation:
    """Give what keeps a helper from one client, and what to do."""
    sentence, advice = _WORDS.get(obstacle.reason, _WORDS[Reason.STOPPED])
    if obstacle.gap is Gap.REASON_NEEDED:
        sentence, advice = _REASON_NEEDED
    heading = obstacle.name or _("A mandate waits for you")
    return Explanation(heading=heading, sentences=[str(sentence) % _day(obstacle.day), str(advice)])


def of_licences(
    gaps: Mapping[str, Missing], *, names: Mapping[str, str], managers: Iterable[Member]
) -> list[Explanation]:
    """Give what a member lacks, whoever the client is: once for the services (by key) that lack the same."""
    asked = ", ".join(manager.full_name for manager in managers)
    whom = {"managers": f" ({asked})" if asked else ""}
    services: dict[Missing, list[str]] = {}
    for key, missing in gaps.items():
        services.setdefault(missing, []).append(names[key])
    return [
        Explanation(
            heading=", ".join(of_these),
            sentences=[str(words) % {**_day(missing.day), **whom} for words in _OF_LICENCES[missing.gap]],
        )
        for missing, of_these in services.items()
    ]


def _day(day: date | None) -> dict[str, str]:
    return {"day": written(day) if day else ""}


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
    Reason.PERSON_LEFT_OUT: (
        gettext_lazy("Your client does not want to be helped by you."),
        gettext_lazy("A colleague can help."),
    ),
}
_REASON_NEEDED = (
    gettext_lazy("This client is of another team."),
    gettext_lazy("Say first why you help this client today: choose the client in the list."),
)
_NOT_NOW = (
    gettext_lazy("You cannot work for your organisation in Namens now."),
    gettext_lazy("Ask your manager%(managers)s why."),
)
_OF_LICENCES = {
    Gap.OTHER_TEAM: (
        gettext_lazy("Your licence is for the clients of one team. Clients of other teams are not in the list."),
        gettext_lazy("Do you have to help one of them? Ask your manager%(managers)s."),
    ),
    Gap.PAUSED: (
        gettext_lazy("Your licence is paused."),
        gettext_lazy("Ask your manager%(managers)s whether it can go on."),
    ),
    Gap.NOT_STARTED: (
        gettext_lazy("Your licence begins on %(day)s."),
        gettext_lazy("Log in again from that day on."),
    ),
    Gap.EXPIRED: (
        gettext_lazy("Your licence ended on %(day)s."),
        gettext_lazy("Ask your manager%(managers)s for a new one."),
    ),
    Gap.ENDED: (
        gettext_lazy("Your licence was stopped on %(day)s."),
        gettext_lazy("Ask your manager%(managers)s for a new one."),
    ),
    Gap.OTHER_SERVICE: (
        gettext_lazy("Your licence is for other services."),
        gettext_lazy("Ask your manager%(managers)s for a licence for this service."),
    ),
    Gap.NONE_HELD: (
        gettext_lazy("You have no licence."),
        gettext_lazy("Ask your manager%(managers)s for a licence."),
    ),
    Gap.BLOCKED: _NOT_NOW,
    Gap.NOT_A_MEMBER: _NOT_NOW,
    Gap.ORGANISATION_GONE: _NOT_NOW,
}
