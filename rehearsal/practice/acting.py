"""What the practice environment does itself, always by the actions of Namens: the helpdesk that answers, and a mandate
that runs already when an exercise begins.
"""

from datetime import datetime

from namens.codes.actions import Match
from namens.helpdesk import actions as helpdesk
from namens.helpdesk.letters import Said, name_helper, send_code_letter
from namens.helpdesk.refusals import CallerRefusal, CallRefused
from namens.journal.events import Channel
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import activate, offer, try_code
from namens.mandates.actions.offer import GivenMandate
from namens.mandates.refusals import MandateRefused
from namens.mandates.terms import Terms
from namens.parties.actions import register_person
from namens.parties.identifiers import Bsn, InvalidHelperNumber, parse_helper_number
from namens.parties.models import Party
from namens.parties.refusals import PartyRefusal
from namens.population import actions as population
from namens.services.models import Service
from namens.signin.models import Staff
from rehearsal.people import Person
from rehearsal.practice.casts import Cast
from rehearsal.practice.checks import SET

WRONG_NUMBER, NO_LETTER = "wrong-number", "no-letter"
BY_PHONE = Duration.SIX_MONTHS


def call_the_helpdesk(cast: Cast, *, number: str, now: datetime) -> str:
    """Let the client without DigiD call, and read this helper number out. Gives what went wrong; empty when nothing."""
    elder = cast.elder
    call = helpdesk.find_caller(
        agent=Staff.objects.get(email=cast.desk_email),
        bsn=Bsn(elder.bsn),
        birth_date=PartialDate.parse(elder.born),
        postcode=elder.address.line2.partition(" ")[0],
        now=now,
    )
    if isinstance(call, CallerRefusal):
        return NO_LETTER
    try:
        found = name_helper(call=call, number=parse_helper_number(number), now=now)
        if isinstance(found, PartyRefusal):
            return WRONG_NUMBER
        said = Said(is_administered=False, is_prompted=False, has_reported_move=True)
        send_code_letter(call=call, helper=found.party, services=_services(), duration=BY_PHONE, said=said, now=now)
    except InvalidHelperNumber:
        return WRONG_NUMBER
    except (CallRefused, MandateRefused):
        return NO_LETTER
    finally:
        helpdesk.hang_up(call=call, now=now)
    return ""


def let_it_run(cast: Cast, *, now: datetime) -> bool:
    """Let the client have given the helper a mandate that is active; False when the register did not answer."""
    client, helper = (_known(person, now) for person in (cast.client, cast.helper))
    today = clock.day_of(now)
    terms = Terms(services=_services(), first_day=today, last_day=Duration.ONE_YEAR.last_day(today))
    try:
        given = offer(
            representee=client,
            representative=helper,
            terms=terms,
            level=AssuranceLevel.LOW,
            under_administration=False,
            now=now,
        )
        if not isinstance(given, GivenMandate):
            return True
        match = try_code(code=given.code, bsn=Bsn(cast.client.bsn), helper=helper, now=now)
        if isinstance(match, Match):
            activate(code=match.code, helper=helper, now=now)
        return isinstance(match, Match)
    except MandateRefused:
        return False


def _known(person: Person, now: datetime) -> Party:
    party = register_person(bsn=Bsn(person.bsn), now=now, channel=Channel.COMMAND)
    population.refresh(party=party, now=now, channel=Channel.COMMAND)
    return Party.objects.select_related("person").get(id=party.id)


def _services() -> list[Service]:
    return list(Service.objects.filter(key__in=SET))
