"""Clients who stop at random moments while a replica is in trouble, and portals that ask every server all the time."""

import http.client
import json
import random
import secrets
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import connection

from benchmarks.decisions import MANY, SECTOR, register, token
from benchmarks.world import fill, mandate, people
from namens.grants.pairwise import pairwise_id
from namens.lib import clock
from namens.mandates.actions import stop
from namens.parties.models import Party
from tools.replicas import Bench, Server
from tools.say import line

PROMISED = 2.0
AT_ONCE = 25
"""So many clients stop in one episode of trouble."""
STOPPING = 5
LASTS = 8.0
WATCHED_BEFORE, WATCHED_AFTER = 1.0, 4.0
PAUSE = 0.02
PATIENCE = 5.0
WELL_WITHIN = 60.0
TROUBLES = ("pause", "stall", "kill", "lag")


@dataclass
class Trial:
    """One client who stops: when that begins, and when the client was told; monotonic seconds."""

    client: Party
    mandate: UUID
    begins: float
    told: float | None = None

    def is_watched(self, now: float) -> bool:
        """Say whether portals ask about it now."""
        return self.begins - WATCHED_BEFORE <= now and (self.told is None or now <= self.told + WATCHED_AFTER)


@dataclass
class Seen:
    """What one door answered."""

    before: int = 0
    after: list[float] = field(default_factory=list)
    asked_after: int = 0
    noes: int = 0
    silences: int = 0


class Trials:
    """All of it."""

    def __init__(self, bench: Bench, doors: Mapping[str, int]) -> None:
        fill()
        register(now=clock.now())
        self._helper, *self._clients = people(AT_ONCE + 1, now=clock.now())
        self._bench, self._doors = bench, doors
        self._seen = {name: Seen() for name in doors}
        self._trials: list[Trial] = []
        self._asks = threading.Event()
        self._waits: list[float] = []
        self._dice = random.Random(secrets.randbits(32))
        self._token = ""

    def run(self, trials: int) -> dict[str, float]:
        """Do so many, and count."""
        episodes = -(-trials // AT_ONCE)
        for number in range(episodes):
            trouble = TROUBLES[number % len(TROUBLES)]
            self._episode(trouble, self._dice.choice(self._bench.replicas))
            line(f"  {(number + 1) * AT_ONCE} stops, latest yes after one {self._latest():.2f} s ({trouble})")
        after = [seconds for seen in self._seen.values() for seconds in seen.after]
        return {
            "trials": episodes * AT_ONCE,
            "yes_later_than_2_s": sum(seconds > PROMISED for seconds in after),
            "latest_yes_after_a_stop_s": self._latest(),
            "yes_to_who_asked_after_it": sum(seen.asked_after for seen in self._seen.values()),
            "yes_before_the_stop": sum(seen.before for seen in self._seen.values()),
            "no": sum(seen.noes for seen in self._seen.values()),
            "no_answer": sum(seen.silences for seen in self._seen.values()),
            "median_stop_s": sorted(self._waits)[len(self._waits) // 2],
            "slowest_stop_s": max(self._waits),
        }

    def _latest(self) -> float:
        return max([seconds for seen in self._seen.values() for seconds in seen.after], default=0.0)

    def _episode(self, trouble: str, server: Server) -> None:
        self._token = token()
        begins = time.monotonic() + AT_ONCE * 0.3
        now = clock.now()
        self._trials = [
            Trial(client, mandate(client, self._helper, now=now), begins + self._dice.uniform(0, LASTS))
            for client in self._clients
        ]
        self._until_well()
        late = max(0.0, time.monotonic() - begins)
        self._trials = [replace(trial, begins=trial.begins + late) for trial in self._trials]
        self._asks.set()
        askers = [threading.Thread(target=self._ask, args=[name], daemon=True) for name in self._doors]
        for asker in askers:
            asker.start()
        with ThreadPoolExecutor(STOPPING + 1) as pool:
            harm = pool.submit(self._harm, trouble, server, begins + late)
            for stopped in [pool.submit(self._stop, one) for one in sorted(self._trials, key=lambda one: one.begins)]:
                stopped.result()
            harm.result()
        time.sleep(PROMISED + 0.5)
        self._asks.clear()
        for asker in askers:
            asker.join()

    def _harm(self, trouble: str, server: Server, begins: float) -> None:
        _sleep_until(begins + self._dice.uniform(0, 2))
        if trouble == "lag":
            server.lag(self._dice.uniform(0.5, 6))
        else:
            {"pause": server.pause, "stall": server.stall, "kill": server.kill}[trouble]()
        _sleep_until(begins + self._dice.uniform(3, LASTS))
        self._bench.heal()

    def _stop(self, trial: Trial) -> None:
        _sleep_until(trial.begins)
        began = time.monotonic()
        stop(mandate=trial.mandate, by=trial.client, now=clock.now())
        trial.told = time.monotonic()
        self._waits.append(trial.told - began)
        # This thread ends with its episode: what it holds would be missing in the next.
        connection.close()

    def _until_well(self) -> None:
        """Wait until every door answers yes to all of it. Raises TimeoutError."""
        deadline = time.monotonic() + WELL_WITHIN
        doors = [_connection(port) for port in self._doors.values()]
        while len(self._bench.waited_for) < len(self._bench.names) or not all(
            (said := self._answers(door, self._trials)) and all(said) for door in doors
        ):
            if time.monotonic() > deadline:
                raise TimeoutError("the servers do not become well")
            time.sleep(0.1)

    def _ask(self, name: str) -> None:
        """Ask one door about everybody who stops now or has just stopped, again and again."""
        door, seen = _connection(self._doors[name]), self._seen[name]
        while self._asks.is_set():
            asked = [trial for trial in self._trials if trial.is_watched(time.monotonic())]
            if asked:
                sent = time.monotonic()
                said = self._answers(door, asked)
                heard = time.monotonic()
                _count(seen, asked, said, sent=sent, heard=heard)
            time.sleep(PAUSE)

    def _answers(self, door: http.client.HTTPConnection, asked: list[Trial]) -> list[bool]:
        """Give what the door says of each; nothing when it does not answer, or not with 200."""
        content = json.dumps({"evaluations": [self._question(trial) for trial in asked]})
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            door.request("POST", MANY, content, headers)
            response = door.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            door.close()
            return []
        if response.status != http.client.OK:
            return []
        return [one["decision"] for one in json.loads(body)["evaluations"]]

    def _question(self, trial: Trial) -> dict[str, object]:
        return {
            "subject": {"type": "person", "id": pairwise_id(self._helper.id, sector=SECTOR)},
            "action": {"name": "mijn-toeslagen"},
            "resource": {"type": "person", "id": pairwise_id(trial.client.id, sector=SECTOR)},
            "context": {"assurance": "low"},
        }


def _count(seen: Seen, asked: list[Trial], said: list[bool], *, sent: float, heard: float) -> None:
    if not said:
        seen.silences += 1
    for trial, yes in zip(asked, said, strict=False):
        if not yes:
            seen.noes += 1
        elif trial.told is None or heard <= trial.told:
            seen.before += 1
        else:
            seen.after.append(heard - trial.told)
            seen.asked_after += sent > trial.told


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("localhost", port, timeout=PATIENCE)


def _sleep_until(instant: float) -> None:
    time.sleep(max(0.0, instant - time.monotonic()))
