"""Acts as they go over the wire. English names in code, Dutch names in JSON."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from namens.api.wire import ProblemDocument

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Key = Annotated[str, Meta(min_length=1, max_length=60)]
Kvk = Annotated[str, Meta(pattern="^[0-9]{8}$", max_length=8)]
PERSON, MEMBER = "persoon", "medewerker"


class ActRepresentee(Struct, frozen=True):
    """For whom it was done: a person."""

    id: Id
    kind: Annotated[str, Meta(pattern=f"^{PERSON}$")] = field(name="soort", default=PERSON)


class ActActor(Struct, frozen=True):
    """Who did it: a person, or a member with the KvK number of the organisation."""

    id: Id
    kind: Annotated[str, Meta(pattern=f"^({PERSON}|{MEMBER})$")] = field(name="soort", default=PERSON)
    kvk_number: Kvk | UnsetType = field(name="kvkNummer", default=UNSET)


class ActReport(Struct, frozen=True):
    """An act as a portal reports it: who for whom, or in which login."""

    act: Key = field(name="handeling")
    at: Annotated[datetime, Meta(tz=True)] = field(name="tijdstip")
    reference: Annotated[str, Meta(pattern="^[A-Za-z0-9._:/-]{1,64}$")] = field(name="kenmerk")
    service: Key | UnsetType = field(name="dienst", default=UNSET)
    representee: ActRepresentee | UnsetType = field(name="voorWie", default=UNSET)
    actor: ActActor | UnsetType = field(name="doorWie", default=UNSET)
    login: Annotated[str, Meta(min_length=1, max_length=64)] | UnsetType = UNSET


class ActReports(Struct, frozen=True):
    """Many acts. Each stands by itself."""

    acts: Annotated[list[ActReport], Meta(max_length=1000)] = field(name="handelingen")


class ActReportsUnread(Struct, frozen=True):
    """The same, before each act is read by itself."""

    acts: list[Any] = field(name="handelingen")


class ActTaken(Struct, frozen=True):
    """An act as it is kept."""

    id: UUID
    act: str = field(name="handeling")
    service: str = field(name="dienst")
    at: datetime = field(name="tijdstip")
    reference: str = field(name="kenmerk")
    mandate: UUID = field(name="machtiging")
    reported_at: datetime = field(name="gemeldOp")


class ActResult(Struct, frozen=True):
    """What became of one of many: the act (201, or 200 when it was known), or why it was not taken."""

    status: int
    act: ActTaken | UnsetType = field(name="handeling", default=UNSET)
    problem: ProblemDocument | UnsetType = field(name="probleem", default=UNSET)


class ActResults(Struct, frozen=True):
    """What became of each, in the order in which they came."""

    results: list[ActResult] = field(name="resultaten")
