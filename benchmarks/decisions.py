"""The door for machines as a program of its own, a portal that asks there, and its questions with what is true."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from joserfc.jwk import ECKey

from benchmarks import (
    invented,
    ready,  # noqa: F401 - it sets Django up
)
from benchmarks.invented import Question, Sort, uuid_of
from benchmarks.load import Calls
from benchmarks.many import SERVICES, kvk_number
from namens.grants.confirmation import BEARER
from namens.grants.pairwise import pairwise_id
from namens.grants.tokens import machine_tokens
from namens.lib import clock
from namens.mandates.decision import Representative
from namens.mandates.statement import Asked
from namens.services.actions import PortalTerms, approve_portal, propose_portal
from namens.services.models import Portal
from namens.services.profiles import MachineScope, Profile
from tools import places, programs
from tools.practice import NAMENS
from tools.programs import Program, Programs

CLIENT_ID, SECTOR = "portal-of-decisions", "portal"
ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"
LEVEL = "substantial"
_STRIDE = 7_368_787
"""Prime, so that questions in turn are about mandates all over the tables."""


@dataclass(frozen=True)
class Pool:
    """Questions about so many mandates: as a portal writes them, and how the answer to each must read."""

    mandates: int
    bodies: Sequence[bytes]
    needles: Sequence[bytes]

    @property
    def share_of_yes(self) -> float:
        """Give the share of the questions that are answered with yes."""
        return sum(known.startswith(b'"mandate"') for known in self.needles) / len(self.needles)

    def calls(self, token: str) -> Calls:
        """Give requests of one question each."""
        return Calls.to(ONE, token=token, bodies=self.bodies, holds=self._holds)

    def calls_of_many(self, token: str, *, each: int) -> Calls:
        """Give requests of so many questions each."""
        bodies = [b'{"evaluations":[%b]}' % b",".join(some) for some in _parts(self.bodies, each)]
        needles = _parts(self.needles, each)
        return Calls.to(MANY, token=token, bodies=bodies, holds=lambda turn, body: _hold(needles[turn], body))

    def _holds(self, turn: int, body: bytes) -> bool:
        known = self.needles[turn]
        said = b'"decision":true' if known.startswith(b'"mandate"') else b'"decision":false'
        return said in body and known in body


def pool(mandates: int, *, size: int) -> Pool:
    """Make so many questions about the first `mandates` mandates."""
    about = [(mandate_asked_about(turn, mandates), turn) for turn in range(size)]
    return Pool(
        mandates=mandates,
        bodies=[body_of(invented.question_about(*one)) for one in about],
        needles=[needle(invented.truth_about(*one)) for one in about],
    )


def mandate_asked_about(turn: int, mandates: int) -> int:
    """Give the number of the mandate that question number `turn` is about."""
    return (turn * _STRIDE + turn // 40) % mandates


def asked_in_sql(question: Question) -> Asked:
    """Give what the one statement is asked for a question."""
    client, acting = uuid_of(Sort.CLIENT, question.client), representative(question)
    return Asked(CLIENT_ID, party=acting.party, member=acting.member, representee=client)


def representative(question: Question) -> Representative:
    """Give who acts."""
    if question.member < 0:
        return Representative(uuid_of(Sort.HELPER, question.helper))
    member = question.organisation * invented.MEMBERS + question.member
    return Representative(uuid_of(Sort.ORGANISATION, question.organisation), uuid_of(Sort.MEMBER, member))


def register(*, now: datetime) -> Portal:
    """Register the portal that asks, for both services."""
    key = ECKey.generate_key("P-256", auto_kid=True)
    terms = PortalTerms(
        client_id=CLIENT_ID,
        name="Portaal",
        profile=Profile.NLGOV,
        services=SERVICES,
        redirect_uris=("https://portal.example/terug",),
        sector=SECTOR,
        jwks={"keys": [key.as_dict(private=False)]},
        machine_scopes=(MachineScope.DECISIONS.value,),
    )
    propose_portal(terms=terms, by="one", now=now)
    return approve_portal(client_id=CLIENT_ID, by="two", now=now)


def token() -> str:
    """Give the portal a token, as the token endpoint would: for five minutes."""
    portal = Portal.objects.get(client_id=CLIENT_ID)
    made = machine_tokens(portal, scope=MachineScope.DECISIONS, confirmation=BEARER, now=clock.now())
    return made.access_token


@contextmanager
def door(*, workers: int, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """Serve decisions from this benchmark's database, or as the environment says; gives the port."""
    (port,) = programs.free_ports(1)
    command: list[str | Path] = [NAMENS, "serve", "decisions", "--workers", str(workers), "--port", str(port)]
    program = Program(
        name=f"decisions-{port}", command=command, port=port, health="/health", environment=environment or {}
    )
    with Programs([program], logs=places.logs()):
        yield port


def body_of(question: Question) -> bytes:
    """Give a question as a portal writes it."""
    acting = representative(question)
    subject: dict[str, object] = {"type": "person", "id": pairwise_id(acting.party, sector=SECTOR)}
    if acting.member is not None:
        subject = {"type": "member", "id": pairwise_id(acting.member, sector=SECTOR)}
        subject["properties"] = {"organisation": kvk_number(question.organisation)}
    asked = {
        "subject": subject,
        "action": {"name": SERVICES[question.service]},
        "resource": {"type": "person", "id": pairwise_id(uuid_of(Sort.CLIENT, question.client), sector=SECTOR)},
        "context": {"assurance": LEVEL},
    }
    return json.dumps(asked, separators=(",", ":")).encode()


def needle(truth: str) -> bytes:
    """Give what stands in the right answer, beside yes or no itself: a mandate for yes, a reason for no."""
    return f'"{"mandate" if "-" in truth else "reason"}":"{truth}"'.encode()


def _parts(whole: Sequence[bytes], each: int) -> list[Sequence[bytes]]:
    return [whole[begin : begin + each] for begin in range(0, len(whole) - each + 1, each)]


def _hold(needles: Sequence[bytes], body: bytes) -> bool:
    """Say whether the answers to many questions are the right ones, in the right order."""
    answers = msgspec.json.decode(body)["evaluations"]
    names = ("mandate" if one["decision"] else "reason" for one in answers)
    said = [f'"{name}":"{one["context"][name]}"'.encode() for name, one in zip(names, answers, strict=False)]
    return said == list(needles)
