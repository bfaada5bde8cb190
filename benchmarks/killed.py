"""Letters in the outbox, a worker that is killed without a word at random moments, and what the print house got."""

import secrets
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.world import SERVICE
from namens.codes.models import ActivationCode
from namens.journal.events import Channel
from namens.lib import clock
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import offer_by_phone
from namens.outbox.models import Kind, OutboxRow
from namens.parties.actions import record_facts, register_person
from namens.parties.facts import PersonFacts, PersonName
from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from namens.post.models import Letter, Outcome
from namens.services.models import Service
from rehearsal import people
from tools import places, programs
from tools.practice import NAMENS
from tools.programs import Program, Programs

FEWEST_KILLS, LETTERS_FOR_A_KILL = 20, 100
REST = 5
"""One part of so many is left to a worker that is not killed: that is what its rate is measured with."""
SHORTEST_LIFE, LONGEST_LIFE = 2.0, 6.0
LETTER_KINDS = (Kind.LETTER, Kind.PRINT)
POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Bag:
    """What became of so many letters. `lost` and `doubled` are by what lies in the print house's folder."""

    asked: int
    kills: int
    printed: int
    lost: int
    doubled: int
    codes: int
    rate: float

    def figures(self) -> dict[str, float]:
        """Give everything by name."""
        return asdict(self)


def run(number: int) -> Bag:
    """Queue so many code letters, kill workers over them, let a last one finish, and count."""
    _queue(number, now=clock.now())
    with tempfile.TemporaryDirectory(prefix="letters-") as folder:
        house, port = Path(folder), programs.free_ports(1)[0]
        environment = {"NAMENS_BRP_URL": f"http://localhost:{port}/brp", "NAMENS_PRINTER_FOLDER": folder}
        worker = Program(name="killed-worker", command=[NAMENS, "worker"], environment=environment)
        with Programs([_register(port, house)], logs=places.logs()) as running:
            kills = _kill(running, worker, number)
            rate = _finish(running, worker)
        return _count(house, number, kills=kills, rate=rate)


def _queue(number: int, *, now: datetime) -> None:
    """Let people who live somewhere arrange mandates by telephone, each with a code that comes by letter."""
    clients = [_known(one, now) for one in people.load().everybody if one.tour and one.address.kind == "home"]
    chosen = list(Service.objects.filter(key=SERVICE))
    helper, agent = clients[1], clients[1].id
    callers = [clients[0], *clients[2:]]
    for turn in range(number):
        caller = callers[turn % len(callers)]
        offer_by_phone(caller=caller, helper=helper, services=chosen, duration=Duration.ONE_YEAR, agent=agent, now=now)


def _known(person: people.Person, now: datetime) -> Party:
    party = register_person(bsn=Bsn(person.bsn), now=now, channel=Channel.COMMAND)
    name = PersonName(person.given_names, person.prefix, person.family_name)
    record_facts(party=party, facts=PersonFacts(name, PartialDate.parse(person.born)), now=now)
    return Party.objects.select_related("person").get(id=party.id)


def _register(port: int, house: Path) -> Program:
    environment = {"REHEARSAL_PORT": str(port), "REHEARSAL_LETTERS": str(house)}
    command: list[str | Path] = [places.PYTHON, "-m", "rehearsal", "serve"]
    return Program(name="rehearsal", command=command, port=port, health="/health", environment=environment)


def _kill(running: Programs, worker: Program, letters: int) -> int:
    """Let workers live for a while each; the lease of what each held is over at once. Gives the number of kills."""
    dice = secrets.SystemRandom()
    most = max(FEWEST_KILLS, letters // LETTERS_FOR_A_KILL)
    for number in range(most):
        if _waiting() <= letters // REST:
            return number
        alive = running.start_one(worker).process
        time.sleep(dice.uniform(SHORTEST_LIFE, LONGEST_LIFE))
        alive.kill()
        alive.wait()
        _let_time_pass()
    return most


def _finish(running: Programs, worker: Program) -> float:
    """Let one worker do what is left. Gives how many letters a second it brought away, 0 when none were left."""
    before, began = _posted(), time.perf_counter()
    alive = running.start_one(worker).process
    while _waiting() and alive.poll() is None:
        time.sleep(POLL_SECONDS)
        _let_time_pass(tried=True)
    seconds = time.perf_counter() - began
    return (_posted() - before) / seconds


def _let_time_pass(*, tried: bool = False) -> None:
    """Let what was tried be due: after a kill its lease is over, else only what rests until its next try."""
    long_ago = clock.now() - timedelta(minutes=1)
    waiting = OutboxRow.objects.filter(kind__in=LETTER_KINDS, settled_at__isnull=True, attempts__gt=0)
    if tried:
        waiting = waiting.filter(leased_until__isnull=True)
    waiting.update(leased_until=None, due_at=long_ago)


def _waiting() -> int:
    return OutboxRow.objects.filter(kind__in=LETTER_KINDS, settled_at__isnull=True).count()


def _posted() -> int:
    return Letter.objects.filter(outcome=Outcome.POSTED).count()


def _count(house: Path, number: int, *, kills: int, rate: float) -> Bag:
    """Hold the print house's folder against what the database says was posted."""
    printed = {one.name for one in house.glob("ready/*")}
    posted = set(Letter.objects.filter(outcome=Outcome.POSTED).values_list("reference", flat=True))
    return Bag(
        asked=number,
        kills=kills,
        printed=len(printed),
        lost=number - len(printed & posted),
        doubled=len(printed - posted),
        codes=ActivationCode.objects.count(),
        rate=rate,
    )


if __name__ == "__main__":
    raise SystemExit("Run python -m benchmarks letters.")
