"""What a new mandate takes the place of, apart by where it stands."""

from collections.abc import Iterable

from namens.mandates.models import MandateService
from namens.mandates.states import State


def replaced_services(lines: Iterable[MandateService]) -> dict[str, list[str]]:
    """Give the names of services that run already, that wait for a code, and that were asked for."""
    replaced = list(lines)
    return {
        "replaced": _names(replaced, State.ACTIVE, State.SUSPENDED),
        "waiting": _names(replaced, State.OFFERED),
        "asked": _names(replaced, State.REQUESTED),
    }


def _names(lines: list[MandateService], *states: State) -> list[str]:
    return [line.service.name for line in lines if line.mandate.state in states]
