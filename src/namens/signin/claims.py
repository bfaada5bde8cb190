"""Which claims of a checked ID token say who logged in, under the names that a broker has for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from namens.lib.assurance import AssuranceLevel
from namens.parties.identifiers import Bsn, KvkNumber, Pseudonym, parse_establishment_number
from namens.signin.login import LoginKind, MemberLogin, PersonLogin

KVK_NUMBER = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
"""What eHerkenning calls a KvK number. It can name organisations by other numbers too; those are not for us."""

Said = Mapping[str, object]


class NotTrusted(ValueError):
    """The broker's answer is not about this login, or not as agreed. The message holds no personal data."""


@dataclass(frozen=True)
class PersonClaims:
    """The claims of a broker for persons."""

    kind: ClassVar[LoginKind] = LoginKind.PERSON

    bsn: str = "bsn"

    def read(self, said: Said, *, assurance: AssuranceLevel, auth_time: datetime, adapter: str) -> PersonLogin:
        """Give the person; whatever else is said is not read. Raises ValueError when there is no BSN."""
        bsn = Bsn(str(said.get(self.bsn, "")))
        return PersonLogin(identifier=bsn, assurance=assurance, auth_time=auth_time, adapter=adapter)


@dataclass(frozen=True)
class MemberClaims:
    """The claims of a broker for organisations, named as eHerkenning names them.

    `name_qualifier` is None for a broker that only ever gives KvK numbers and does not say so.
    """

    kind: ClassVar[LoginKind] = LoginKind.MEMBER

    kvk: str = "urn:etoegang:core:LegalSubjectID"
    pseudonym: str = "urn:etoegang:core:ActingSubjectID"
    establishment: str = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
    name_qualifier: str | None = "namequalifier"

    def read(self, said: Said, *, assurance: AssuranceLevel, auth_time: datetime, adapter: str) -> MemberLogin:
        """Give the member; a BSN is not read. Raises ValueError for anything that eHerkenning would not say."""
        if self.name_qualifier is not None and said.get(self.name_qualifier) != KVK_NUMBER:
            raise NotTrusted("not a KvK number")
        # Absent is no restriction; anything else must be a number, or a restriction would be overlooked.
        is_restricted = said.get(self.establishment) is not None
        return MemberLogin(
            identifier=Pseudonym.parse(_text(said, self.pseudonym)),
            organisation=KvkNumber(_text(said, self.kvk)),
            establishment=parse_establishment_number(_text(said, self.establishment)) if is_restricted else None,
            assurance=assurance,
            auth_time=auth_time,
            adapter=adapter,
        )


def _text(said: Said, name: str) -> str:
    """Give a claim that must be a text: a number would have lost its zeros."""
    value = said.get(name)
    if not isinstance(value, str):
        raise NotTrusted("a claim is missing")
    return value
