"""The portals that ask: the sector of each, and whether it may ask at all."""

from collections.abc import Sequence

from namens.decisions.lookups import Answer, Away, Reader
from namens.decisions.problems import Problem, unknown_token
from namens.mandates.snapshot import Asker
from namens.mandates.statement import Asked, Form
from namens.services.profiles import MachineScope


class Askers:
    """What is known of the portals that asked. Only their sectors are remembered, to read ids with; never a right."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._sectors: dict[str, str] = {}

    async def look_up(self, asked: Sequence[Asked], form: Form) -> Answer:
        """Read who is asked about. Raises Away."""
        return await self._reader.look_up(asked, form)

    async def sector(self, portal: str) -> str:
        """Give the sector whose ids this portal knows. Raises Problem for a portal that is not let in, and Away."""
        if portal not in self._sectors:
            found = await self._reader.look_up([Asked(portal)], Form.PAIRS)
            self._sectors[portal] = _let_in(found, portal).sector
        return self._sectors[portal]

    def of(self, portal: str, found: Answer, *, sector: str) -> Asker:
        """Give the portal as it is registered now. Raises Problem when it is not let in (any more).

        Raises Away when its sector changed meanwhile: the ids were read with the old one.
        """
        asker = _let_in(found, portal)
        if asker.sector != sector:
            self._sectors[portal] = asker.sector
            raise Away
        return asker


def _let_in(found: Answer, portal: str) -> Asker:
    asker = found.reading.askers.get(portal)
    if asker is None or not asker.approved:
        raise unknown_token()
    if MachineScope.DECISIONS not in asker.machine_scopes:
        raise Problem(403, "this portal is not registered for decisions")
    return asker
