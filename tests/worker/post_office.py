"""A register and a print house for the worker: what it is told, and what lies ready."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from namens.population.addresses import AddressAnswer, Addressed, Deliverable, Obstacle, Undeliverable
from namens.population.answers import Answer, NotFound

HOME = Deliverable(recipient_name="A.M. de Vries", lines=("Lindenhof 12", "3511AB UTRECHT"))


@dataclass
class Register:
    """A register that knows the people of the tests, and where Anna lives. It needs no database: others ask it."""

    people: Mapping[Bsn, Answer]
    address: AddressAnswer
    asked: list[str] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    def ask(self, *, bsn: Bsn) -> Answer:
        """Answer about one person."""
        self.open.wait(5)
        self.asked.append("facts")
        return self.people.get(bsn, NotFound())

    def ask_address(self, *, bsn: Bsn, today: date) -> AddressAnswer:  # noqa: ARG002 - asked as the real one
        """Answer where Anna lives."""
        self.open.wait(5)
        self.asked.append("address")
        return self.address


def lives(
    client: Party, *, at: Deliverable | Undeliverable = HOME, obstacles: frozenset[Obstacle] = frozenset()
) -> Addressed:
    return Addressed(facts=client.person.facts, address=at, postcode="3511AB", obstacles=obstacles)


def printed(house: Path) -> list[str]:
    """Give the kinds of the letters that lie ready, and that nobody reads in the manifest."""
    manifests = [json.loads(one.read_text()) for one in house.glob("ready/*/manifest.json")]
    return sorted(str(one["kind"]) for one in manifests)
