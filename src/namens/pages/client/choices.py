"""What a client can choose from: services and sets that persons may be mandated for, at the level of this login."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from namens.lib import assurance
from namens.lib.assurance import AssuranceLevel
from namens.pages.client.answers import SET_PREFIX
from namens.services.models import MandatedTo, Portal, Service, ServiceSet, Status

TO_PERSONS = (MandatedTo.PERSONS.value, MandatedTo.BOTH.value)


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
        levels = [AssuranceLevel(service.minimum_level) for service in self.too_strong]
        return max(levels, key=lambda level: level.rank, default=AssuranceLevel.BASIC)

    def pick(self, chosen: Iterable[str]) -> list[Service]:
        """Give the services behind what was ticked, each once, in the catalogue's order. Unknown ticks give nothing."""
        ticked = set(chosen)
        keys = ticked | {key for one, members in self.sets if SET_PREFIX + one.key in ticked for key in members}
        return [service for service in self.services if service.key in keys]


def offered_at(level: AssuranceLevel | None) -> Offered:
    """Give what can be chosen at this level. Three statements."""
    known = list(Service.objects.filter(active=True, mandated_to__in=TO_PERSONS))
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


def sensitive_actions(services: Iterable[Service]) -> list[SensitiveAction]:
    """Give every sensitive action of these services once, with the services that have it."""
    found: dict[str, SensitiveAction] = {}
    for service in services:
        for action in service.sensitive_actions:
            earlier = found[action["key"]].services if action["key"] in found else ()
            found[action["key"]] = SensitiveAction(
                key=action["key"],
                name=action["name"],
                question=action["question"],
                services=(*earlier, service.name),
            )
    return list(found.values())


def unguarded_portals(services: Iterable[Service]) -> list[str]:
    """Give the names of the portals of these services that do not keep sensitive actions away. One statement."""
    sensitive = [service.id for service in services if service.sensitive_keys]
    found = Portal.objects.filter(
        services__in=sensitive, status=Status.APPROVED, enforces_sensitive_actions=False
    ).values_list("name", flat=True)
    return sorted(set(found))
