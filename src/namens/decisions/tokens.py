"""Whose token it is: looked at once, and remembered for as long as the token itself lives."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256

from namens.decisions.lookups import Reader
from namens.decisions.problems import unknown_token
from namens.grants import machine_tokens, signing
from namens.grants.addresses import audience_of
from namens.grants.machine_tokens import MachineToken
from namens.grants.signing import NotOurs
from namens.mandates.columns import as_json_object
from namens.mandates.statement import Statement
from namens.services.profiles import MachineScope

KEPT = 4096
LONGEST = 8192


@dataclass(frozen=True)
class Shown:
    """What a request shows: its token, and the thumbprint of the certificate that a proxy of ours vouches for."""

    token: str
    certificate: str = ""


class Tokens:
    """The tokens that were looked at. Only digests of them are kept."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: OrderedDict[bytes, MachineToken] = OrderedDict()
        self.hits = 0

    async def portal(self, shown: Shown, *, now: datetime) -> str:
        """Give the client id of the portal whose machine shows this. Raises Problem, and Away."""
        name = sha256(f"{shown.certificate}\n{shown.token}".encode()).digest()
        known = self._kept.get(name)
        if known is None:
            known = await self._judged(shown, now=now)
            self._keep(name, known)
        else:
            self.hits += 1
        if now >= known.expires:
            self._kept.pop(name, None)
            raise unknown_token()
        return known.portal

    async def _judged(self, shown: Shown, *, now: datetime) -> MachineToken:
        if len(shown.token) > LONGEST:
            raise unknown_token()
        judged = partial(
            machine_tokens.judged, audience=audience_of(MachineScope.DECISIONS), certificate=shown.certificate, now=now
        )
        try:
            unproven = signing.unproven(shown.token)
            sql, parameters = signing.key_of(unproven, now=now).query.sql_with_params()
            rows = await self._reader.rows(Statement(sql, tuple(parameters)))
            return judged(unproven, key=as_json_object(rows[0][0]) if rows else None)
        except NotOurs:
            raise unknown_token() from None

    def _keep(self, name: bytes, token: MachineToken) -> None:
        self._kept[name] = token
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
