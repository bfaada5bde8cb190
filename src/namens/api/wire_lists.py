"""What goes over the wire about events and lists of mandates. Dutch in JSON, and in what the description says of it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from namens.api.wire import Moment

MOST_EVENTS, MOST_MANDATES, USUAL = 500, 1000, 100
# What every reader of JSON can count up to (RFC 7493, 2.2).
LARGEST_NUMBER = 2**53 - 1
LONGEST_TOKEN = 1024

PairwiseId = Annotated[
    str,
    Meta(
        max_length=256,
        description="Het nummer waaronder uw portaal deze persoon kent (`sub`)",
        examples=["bWV0ZWVuLXZhbHMtbnVtbWVyLXZhbi00My10ZWtlbnM"],
    ),
]
KvkText = Annotated[str, Meta(max_length=8, description="Het KvK-nummer", examples=["90000011"])]
ServiceKey = Annotated[str, Meta(max_length=60, description="De sleutel van een dienst", examples=["mijn-toeslagen"])]
Day = Annotated[date, Meta(description="Een dag in Nederland", examples=["2026-11-23"])]
EventNumber = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER, description="Het nummer van een gebeurtenis")]
Since = Annotated[datetime, Meta(tz=True, description="Alleen wat op of na dit moment veranderde (RFC 3339, met zone)")]
Token = Annotated[
    str, Meta(max_length=LONGEST_TOKEN, description="Wat de vorige bladzijde als `volgende` gaf; een dag geldig")
]
Most = Annotated[int, Meta(ge=1, le=MOST_MANDATES, description="Hoeveel machtigingen op een bladzijde")]
Stand = Literal["actief", "onderbroken", "nog-niet-begonnen", "verlopen", "gestopt", "beeindigd"]


class EventsAsked(Struct, frozen=True):
    """From where a portal reads on."""

    after: Annotated[
        int, Meta(ge=0, le=LARGEST_NUMBER, description="Het laatste nummer dat u hebt; 0 voor het begin")
    ] = field(name="na", default=0)
    most: Annotated[int, Meta(ge=1, le=MOST_EVENTS, description="Hoeveel gebeurtenissen")] = field(
        name="aantal", default=USUAL
    )


class MandatesAsked(Struct, frozen=True):
    """Which page of the list."""

    since: Since | UnsetType = field(name="gewijzigdSinds", default=UNSET)
    token: Token | UnsetType = field(name="vanaf", default=UNSET)
    most: Most = field(name="aantal", default=USUAL)


class NamedPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """A person, by the id that this portal has."""

    id: PairwiseId
    kind: Literal["persoon"] = field(name="soort", default="persoon")


class NamedHelper(Struct, frozen=True, forbid_unknown_fields=True):
    """A person by id, or an organisation by its KvK number."""

    kind: Literal["persoon", "organisatie"] = field(name="soort", default="persoon")
    id: PairwiseId | UnsetType = UNSET
    kvk_number: KvkText | UnsetType = field(name="kvkNummer", default=UNSET)


class MandatesSought(Struct, frozen=True, forbid_unknown_fields=True):
    """Which mandates, and which page of them. A name that is not known here is a mistake: it would find too much."""

    since: Since | UnsetType = field(name="gewijzigdSinds", default=UNSET)
    token: Token | UnsetType = field(name="vanaf", default=UNSET)
    most: Most = field(name="aantal", default=USUAL)
    representee: NamedPerson | UnsetType = field(name="vertegenwoordigde", default=UNSET)
    representative: NamedHelper | UnsetType = field(name="gemachtigde", default=UNSET)
    services: Annotated[list[ServiceKey], Meta(min_length=1, max_length=100)] | UnsetType = field(
        name="diensten", default=UNSET
    )
    standings: Annotated[list[Stand], Meta(min_length=1, max_length=6)] | UnsetType = field(
        name="status", default=UNSET
    )


class ListedPerson(Struct, frozen=True, tag_field="soort", tag="persoon"):
    """A person, by the id that this portal has."""

    id: PairwiseId


class HelpingOrganisation(Struct, frozen=True, tag_field="soort", tag="organisatie"):
    """An organisation."""

    kvk_number: KvkText = field(name="kvkNummer")


class ListedService(Struct, frozen=True):
    """One service of a mandate."""

    service: ServiceKey = field(name="dienst")
    first_day: Day = field(name="eersteDag")
    last_day: Day = field(name="laatsteDag")
    standing: Stand = field(name="status")


class ListedMandate(Struct, frozen=True):
    """One mandate, as far as it is about services of this portal."""

    mandate: Annotated[UUID, Meta(description="Het nummer van de machtiging")] = field(name="machtiging")
    number: Annotated[int, Meta(ge=0, description="Het volgnummer van de laatste wijziging; 0 als er geen is")] = field(
        name="volgnummer"
    )
    representee: ListedPerson = field(name="vertegenwoordigde")
    representative: ListedPerson | HelpingOrganisation = field(name="gemachtigde")
    services: list[ListedService] = field(name="diensten")
    left_out: Annotated[list[str], Meta(description="Gevoelige handelingen die niet mogen")] = field(
        name="uitgezonderd"
    )
    standing: Stand = field(name="status")
    changed_at: Moment = field(name="gewijzigdOp")


class Mandates(Struct, frozen=True, omit_defaults=True):
    """One page of a list."""

    mandates: list[ListedMandate] = field(name="machtigingen")
    last_number: Annotated[
        int, Meta(ge=0, description="De laatste gebeurtenis toen de eerste bladzijde werd gelezen: ga daar verder")
    ] = field(name="laatsteNummer")
    token: Annotated[str, Meta(description="Voor de volgende bladzijde; ontbreekt bij de laatste")] | UnsetType = field(
        name="volgende", default=UNSET
    )
