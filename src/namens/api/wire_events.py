"""The form of every event, as it is sent and as it is read on later. What stands in `gegevens` follows from `type`."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct, field

from namens.api.wire import Moment
from namens.api.wire_lists import (
    Day,
    EventNumber,
    HelpingOrganisation,
    KvkText,
    ListedPerson,
    PairwiseId,
    ServiceKey,
)

MandateNumber = Annotated[UUID, Meta(description="Het nummer van de machtiging")]


class HeardMember(Struct, frozen=True, tag_field="soort", tag="medewerker"):
    """A member of an organisation, by the id that this portal has."""

    id: PairwiseId
    kvk_number: KvkText = field(name="kvkNummer")


class MandateData(Struct, frozen=True):
    """A mandate as it is now, as far as it is about services of this portal."""

    mandate: MandateNumber = field(name="machtiging")
    number: Annotated[int, Meta(ge=1, description="Het volgnummer van deze wijziging")] = field(name="volgnummer")
    representee: ListedPerson = field(name="vertegenwoordigde")
    representative: ListedPerson | HelpingOrganisation = field(name="gemachtigde")
    services: list[ServiceKey] = field(name="diensten")
    first_day: Day = field(name="eersteDag")
    last_day: Day = field(name="laatsteDag")
    left_out: Annotated[list[str], Meta(description="Gevoelige handelingen die niet mogen")] = field(
        name="uitgezonderd"
    )


class LicenceData(Struct, frozen=True):
    """What a member may still use."""

    member: HeardMember = field(name="medewerker")
    services: Annotated[list[ServiceKey], Meta(description="Wat nog mag bij uw portaal; leeg: niets meer")] = field(
        name="diensten"
    )


class ExclusionData(Struct, frozen=True):
    """Whether a client leaves a member out."""

    representee: ListedPerson = field(name="vertegenwoordigde")
    member: HeardMember = field(name="medewerker")
    is_out: Annotated[bool, Meta(description="Of deze medewerker niet meer namens deze persoon mag")] = field(
        name="uitgesloten"
    )


class DisputeData(Struct, frozen=True):
    """Which act is not right."""

    act: Annotated[UUID, Meta(description="Het nummer van de handeling")] = field(name="handeling")
    reference: Annotated[str, Meta(description="Het kenmerk dat uw portaal eraan gaf")] = field(name="kenmerk")


class TrialData(Struct, frozen=True):
    """Nothing."""


class HeardEvent(Struct, frozen=True, tag_field="type"):
    """What every event has."""

    id: Annotated[UUID, Meta(description="Hetzelfde als `webhook-id`")]
    number: EventNumber = field(name="nummer")
    at: Moment = field(name="tijdstip")


class MandateEvent(HeardEvent, frozen=True):
    """What every event of a mandate has."""

    data: MandateData = field(name="gegevens")


class MandateActive(MandateEvent, frozen=True, tag="machtiging.actief"):
    """It became active."""


class MandateStopped(MandateEvent, frozen=True, tag="machtiging.gestopt"):
    """It was stopped."""


class MandateSuspended(MandateEvent, frozen=True, tag="machtiging.onderbroken"):
    """It was interrupted."""


class MandateRestored(MandateEvent, frozen=True, tag="machtiging.hersteld"):
    """It was restored."""


class MandateEnded(MandateEvent, frozen=True, tag="machtiging.beeindigd"):
    """It ended."""


class MandateChanged(MandateEvent, frozen=True, tag="machtiging.gewijzigd"):
    """It was changed."""


class LicenceChanged(HeardEvent, frozen=True, tag="licentie.gewijzigd"):
    """What a member may use changed."""

    data: LicenceData = field(name="gegevens")


class ExclusionChanged(HeardEvent, frozen=True, tag="uitsluiting.gewijzigd"):
    """A client leaves a member out, or no more."""

    data: ExclusionData = field(name="gegevens")


class ActDisputed(HeardEvent, frozen=True, tag="handeling.betwist"):
    """A client says that an act is not right."""

    data: DisputeData = field(name="gegevens")


class Trial(HeardEvent, frozen=True, tag="proef"):
    """To try a receiver with."""

    data: TrialData = field(name="gegevens")


OneEvent = (
    MandateActive
    | MandateStopped
    | MandateSuspended
    | MandateRestored
    | MandateEnded
    | MandateChanged
    | LicenceChanged
    | ExclusionChanged
    | ActDisputed
    | Trial
)
EVENTS: tuple[type[HeardEvent], ...] = (
    MandateActive,
    MandateStopped,
    MandateSuspended,
    MandateRestored,
    MandateEnded,
    MandateChanged,
    LicenceChanged,
    ExclusionChanged,
    ActDisputed,
    Trial,
)


class HeardEvents(Struct, frozen=True):
    """Part of a stream."""

    events: list[OneEvent] = field(name="gebeurtenissen")
    last_number: Annotated[int, Meta(ge=0, description="Het nummer van de nieuwste gebeurtenis die er is")] = field(
        name="laatsteNummer"
    )
    more: Annotated[bool, Meta(description="Of er na deze nog meer zijn")] = field(name="erIsMeer")
