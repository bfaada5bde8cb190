"""What people can choose from: services and sets that a kind of helper may be mandated for, at a level of login."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from namens.lib import assurance
from namens.lib.assurance import AssuranceLevel
from namens.mandates.terms import mandatable
from namens.pages.fields import SomeOfField
from namens.pages.widgets import Described
from namens.parties.models import Kind
from namens.services.models import Portal, Service, ServiceSet, Status
from namens.services.profiles import MachineScope

SET_PREFIX = "set:"
TO_PERSONS = mandatable(Kind.PERSON)


@dataclass(frozen=True)
class SensitiveAction:
    """A sensitive action of the chosen services: asked once, however many of them have it."""

    key: str
    name: str
    question: str
    services: tuple[str, ...]


@dataclass(frozen=True)
class Offered:
    """The services that can be chosen now, those that need a stronger login, and the sets that can be chosen whole."""

    services: Sequence[Service]
    too_strong: Sequence[Service]
    sets: Sequence[tuple[ServiceSet, frozenset[str]]]

    @property
    def stronger_level(self) -> AssuranceLevel:
        """Give the level at which everything can be chosen."""
        return highest(self.too_strong)

    def pick(self, chosen: Iterable[str]) -> list[Service]:
        """Give the services behind what was ticked, each once, in the catalogue's order. Unknown ticks give nothing."""
        ticked = set(chosen)
        keys = ticked | {key for one, members in self.sets if SET_PREFIX + one.key in ticked for key in members}
        return [service for service in self.services if service.key in keys]


class ServicesForm(forms.Form):
    """Which services and sets; ticking a set is ticking each service in it."""

    def __init__(self, data: QueryDict | None, *, offered: Offered, initial: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(initial))
        whole = [(SET_PREFIX + one.key, Described(one.name, one.explained)) for one, _members in offered.sets]
        single = [
            (service.key, Described(service.name, f"{service.explained} ({service.provider_name})"))
            for service in offered.services
        ]
        self.fields["services"] = SomeOfField(
            label=_("Choose one or more services"),
            error_messages={"required": _("Choose at least one service.")},
            choices=[*whole, *single],
        )


def offered_at(level: AssuranceLevel | None, *, to: Kind = Kind.PERSON) -> Offered:
    """Give what can be chosen at this level for this kind of helper. Three statements."""
    known = list(Service.objects.filter(active=True, mandated_to__in=mandatable(to)))
    within = [one for one in known if assurance.meets(level, minimum=AssuranceLevel(one.minimum_level))]
    keys = {service.key for service in within}
    sets = [
        (one, frozenset(service.key for service in one.services.all()))
        for one in ServiceSet.objects.filter(active=True).prefetch_related("services")
    ]
    return Offered(
        services=within,
        too_strong=[service for service in known if service.key not in keys],
        sets=[(one, members) for one, members in sets if members and members <= keys],
    )


def highest(services: Iterable[Service]) -> AssuranceLevel:
    """Give the level of login that all of these services take."""
    levels = [AssuranceLevel(service.minimum_level) for service in services]
    return max(levels, key=lambda level: level.rank, default=AssuranceLevel.BASIC)


def sensitive_actions(services: Iterable[Service]) -> list[SensitiveAction]:
    """Give every sensitive action of these services once, with the services that have it."""
    found: dict[str, SensitiveAction] = {}
    for service in services:
        for action in service.told_actions:
            earlier = found[action["key"]].services if action["key"] in found else ()
            found[action["key"]] = SensitiveAction(
                key=action["key"],
                name=action["name"],
                question=action["question"],
                services=(*earlier, service.name),
            )
    return list(found.values())


@dataclass(frozen=True, order=True)
class Searching:
    """A portal whose machines may look up who helps whom, and the law that allows it."""

    name: str
    law: str


def searching_portals(services: Iterable[Service]) -> list[Searching]:
    """Give the portals of these services that may search mandates, by name. One statement.

    That takes three things: it was let in, a law is registered, and its machines may ask for decisions.
    """
    approved = Portal.objects.filter(services__in=[service.id for service in services], status=Status.APPROVED)
    registered = approved.exclude(search_basis="").values_list("name", "search_basis", "machine_scopes")
    return sorted({Searching(name, law) for name, law, scopes in registered if MachineScope.DECISIONS in scopes})


def unguarded_portals(services: Iterable[Service]) -> list[str]:
    """Give the names of the portals of these services that do not keep sensitive actions away. One statement."""
    sensitive = [service.id for service in services if service.sensitive_keys]
    found = Portal.objects.filter(
        services__in=sensitive, status=Status.APPROVED, enforces_sensitive_actions=False
    ).values_list("name", flat=True)
    return sorted(set(found))
