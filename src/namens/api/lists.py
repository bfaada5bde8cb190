"""Reading on in the events of a portal, and listing its mandates: for work in batches, and after a day away."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from namens.api.calls import Call, Reply
from namens.api.problems import ApiProblem, Problem, invalid
from namens.api.wire_lists import (
    EventsAsked,
    HelpingOrganisation,
    ListedMandate,
    ListedPerson,
    ListedService,
    Mandates,
    MandatesAsked,
    MandatesSought,
    NamedHelper,
    NamedPerson,
    Stand,
)
from namens.exchange import listing
from namens.exchange.documents import event_document
from namens.exchange.reading import TooOld, read_on
from namens.grants.pairwise import UnknownPairwiseId, pairwise_id, party_of
from namens.mandates.at_portal import Listed, Standing
from namens.organisations.models import Organisation

NOBODY = UUID(int=0)
STANDS: Mapping[Standing, Stand] = {
    Standing.ACTIVE: "actief",
    Standing.SUSPENDED: "onderbroken",
    Standing.NOT_STARTED: "nog-niet-begonnen",
    Standing.EXPIRED: "verlopen",
    Standing.STOPPED: "gestopt",
    Standing.ENDED: "beeindigd",
}
_STANDINGS = {stand: standing for standing, stand in STANDS.items()}


def events(call: Call) -> Reply:
    """Give the events of this portal after a number. Raises Problem for a number whose followers are not known."""
    asked = call.asked(EventsAsked)
    try:
        part = read_on(call.portal, after=asked.after, most=asked.most)
    except TooOld:
        raise Problem(
            ApiProblem.TOO_OLD,
            "Gebeurtenissen na dit nummer zijn er niet (meer). Lees /v1/machtigingen en ga verder vanaf laatsteNummer.",
        ) from None
    return Reply(
        {
            "gebeurtenissen": [event_document(event) for event in part.events],
            "laatsteNummer": part.last_number,
            "erIsMeer": part.more,
        }
    )


def mandates(call: Call) -> Reply:
    """Give a page of the mandates that this portal may list. Raises Problem."""
    asked = call.asked(MandatesAsked)
    wanted = listing.Question(most=asked.most, token=asked.token or "", changed_since=_moment(asked.since))
    return _page(call, wanted)


def search(call: Call) -> Reply:
    """Give a page of those that are about these people, services and states. Raises Problem."""
    sought = call.read(MandatesSought)
    wanted = listing.Question(
        most=sought.most,
        token=sought.token or "",
        changed_since=_moment(sought.since),
        representee=_person(sought.representee, call),
        representative=_helper(sought.representative, call),
        services=frozenset(sought.services or ()),
        standings=frozenset(_STANDINGS[one] for one in sought.standings or ()),
    )
    return _page(call, wanted)


def _page(call: Call, wanted: listing.Question) -> Reply:
    try:
        page = listing.list_mandates(call.portal, wanted, now=call.now)
    except listing.OtherPage:
        raise invalid(
            "`vanaf` is niet van dit portaal, hoort bij een andere vraag, of is ouder dan een dag. "
            "Begin opnieuw, zonder `vanaf`."
        ) from None
    except listing.OtherService:
        raise invalid("In `diensten` kunnen alleen diensten van uw portaal staan.") from None
    sector = call.portal.sector
    return Reply(Mandates([_mandate(one, sector) for one in page.mandates], page.last_number, page.token or UNSET))


def _mandate(one: Listed, sector: str) -> ListedMandate:
    helper = HelpingOrganisation(one.kvk_number) if one.kvk_number else ListedPerson(_id_of(one.representative, sector))
    return ListedMandate(
        mandate=one.mandate,
        number=one.number,
        representee=ListedPerson(_id_of(one.representee, sector)),
        representative=helper,
        services=[
            ListedService(line.service, line.first_day, line.last_day, STANDS[line.standing]) for line in one.lines
        ],
        left_out=list(one.left_out),
        standing=STANDS[one.standing],
        changed_at=one.changed_at,
    )


def _id_of(party: UUID, sector: str) -> str:
    return pairwise_id(party, sector=sector)


def _moment(given: datetime | UnsetType) -> datetime | None:
    """Give the moment in UTC. Raises Problem for one that no calendar has there."""
    if given is UNSET:
        return None
    try:
        return given.astimezone(UTC)
    except OverflowError:
        raise invalid("`gewijzigdSinds` is geen moment dat bestaat.") from None


def _person(named: NamedPerson | UnsetType, call: Call) -> UUID | None:
    return None if named is UNSET else _known(named.id, call)


def _helper(named: NamedHelper | UnsetType, call: Call) -> UUID | None:
    """Give who helps. An organisation that nobody knows is nobody. Raises Problem for half a name, or two."""
    if named is UNSET:
        return None
    is_organisation = named.kind == "organisatie"
    given, other = (named.kvk_number, named.id) if is_organisation else (named.id, named.kvk_number)
    if given is UNSET or other is not UNSET:
        raise invalid("`gemachtigde` heeft een `id` voor een persoon, of een `kvkNummer` voor een organisatie.")
    if not is_organisation:
        return _known(given, call)
    if not (given.isascii() and given.isdigit()):
        return NOBODY
    return Organisation.objects.filter(kvk_number=given).values_list("party", flat=True).first() or NOBODY


def _known(text: str, call: Call) -> UUID:
    """Give who has this id at this portal, and nobody for an id of another sector: that says nothing about anybody."""
    try:
        return party_of(text, sector=call.portal.sector)
    except UnknownPairwiseId:
        return NOBODY
