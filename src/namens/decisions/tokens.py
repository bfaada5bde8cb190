"""Whose token it is: looked at once, and remembered for as long as the token itself lives."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from namens.decisions.counts import Counts
from namens.decisions.keys import Keys
from namens.decisions.lookups import Reader
from namens.decisions.problems import unknown_token
from namens.grants import machine_tokens, signing
from namens.grants.addresses import audience_of
from namens.grants.machine_tokens import MachineToken
from namens.grants.signing import NotOurs
from namens.services.profiles import MachineScope

KEPT = 4096
KEPT_SECONDS = 300.0
LONGEST = 8192


@dataclass(frozen=True)
class Shown:
    """What a request shows: its token, and the thumbprint of the certificate that a proxy of ours vouches for."""

    token: str
    certificate: str = ""


@dataclass(frozen=True)
class Looked:
    """A token that was looked at: with which key, and until when it counts by the clock that nobody can move."""

    token: MachineToken
    kid: str
    until: float


class Tokens:
    """The tokens that were looked at. Only digests of them are kept.

    One that is spent stays spent, also when somebody puts the wall clock back.
    """

    def __init__(self, reader: Reader, counts: Counts) -> None:
        self._keys, self._counts = Keys(reader), counts
        self._kept: OrderedDict[bytes, Looked] = OrderedDict()

    async def portal(self, shown: Shown, *, now: datetime) -> str:
        """Give the client id of the portal whose machine shows this. Raises Problem, and Away."""
        name = sha256(f"{shown.certificate}\n{shown.token}".encode()).digest()
        known = self._kept.get(name)
        if known is None:
            known = await self._judged(shown, now=now)
            self._keep(name, known)
            self._counts.shown(known=False)
        else:
            self._counts.shown(known=True)
            if await self._keys.named(known.kid, now=now) is None:
                raise unknown_token()
        if now >= known.token.expires or time.monotonic() >= known.until:
            raise unknown_token()
        return known.token.portal

    async def _judged(self, shown: Shown, *, now: datetime) -> Looked:
        if len(shown.token) > LONGEST:
            raise unknown_token()
        try:
            unproven = signing.unproven(shown.token)
            key = await self._keys.named(unproven.kid, now=now)
            audience = audience_of(MachineScope.DECISIONS)
            token = machine_tokens.judged(unproven, key=key, audience=audience, certificate=shown.certificate, now=now)
        except NotOurs:
            raise unknown_token() from None
        left = min((token.expires - now).total_seconds(), KEPT_SECONDS)
        return Looked(token, unproven.kid, time.monotonic() + left)

    def _keep(self, name: bytes, looked: Looked) -> None:
        self._kept[name] = looked
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
