"""What happens in `beforehand_at_work`, by the same actions as the pages use. For a process with Django only."""

from datetime import datetime, timedelta

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.actions import request
from namens.mandates.models import Mandate, MandateService
from namens.organisations.actions import LicenceTerms, NewMember, end_licence, give_licence
from namens.organisations.models import Assignment, LeftOut, Licence, Member, MemberKind, Organisation, Team
from namens.parties.identifiers import KvkNumber
from namens.parties.models import Party
from tests import people, working
from tests.asking import stated
from tests.openid.crowd import crowd
from tests.organisations import joining

SERVICES = ("mijn-toeslagen", "inkomstenbelasting")
CLIENTS = 30
SAMEN_STERK, DE_BRUG = KvkNumber("00110019"), KvkNumber("00220027")


def begin(now: datetime) -> None:
    """Let both organisations begin, and Anna give Samen Sterk a mandate."""
    samen_sterk = take_part(now)
    working.mandate_of(_anna(now), samen_sterk, *SERVICES, now=now)
    crowd(CLIENTS, of=samen_sterk)


def take_part(now: datetime) -> Organisation:
    """Let both organisations begin, with nobody's mandate; gives Samen Sterk."""
    marijke = _manager(SAMEN_STERK, "Stichting Samen Sterk", "Marijke Blom", "SST-6F1C20", now)
    carla = _manager(DE_BRUG, "Schuldhulp De Brug", "Carla Mulder", "DBR-71E4A0", now)
    _helper(marijke, "Fatima Amrani", "SST-93D5E8", now)
    _helper(carla, "Wouter Hofman", "DBR-2D8836", now)
    return marijke.organisation


def move_anna(now: datetime) -> None:
    """Let Anna be a client of a team that Fatima is not in."""
    samen_sterk = _fatima().organisation
    team = Team.objects.create(organisation=samen_sterk, name="Zeist")
    Assignment.objects.create(organisation=samen_sterk, client=_anna(now), team=team, since=now)


def give_fatima_work(now: datetime) -> None:
    """Let Fatima look after Anna and some others whose mandates end soon, and have asked for a couple."""
    fatima, today = _fatima(), clock.day_of(now)
    # People of earlier journeys have the same names; only those of this one have a mandate.
    others = Mandate.objects.filter(representee__person__family_name__in=["Achternaam03", "Achternaam14"])
    soon = [_anna(now), *Party.objects.filter(id__in=others.values("representee"))]
    for turn, client in enumerate(soon):
        Assignment.objects.create(organisation=fatima.organisation, client=client, member=fatima, since=now)
        last_day = today + timedelta(days=20 - 7 * turn)
        Mandate.objects.filter(representee=client).update(last_day=last_day)
        MandateService.objects.filter(representee=client).update(last_day=last_day)
    request(
        helper=fatima.organisation.party,
        member=fatima,
        stated=[stated("bram", label="Meneer B.", now=now), stated("dirk", label="Partner van meneer B.", now=now)],
        services=people.services("mijn-toeslagen"),
        duration=Duration.ONE_YEAR,
        now=now,
    )


def end_licence_of_fatima(now: datetime) -> None:
    """Let Marijke end the licence."""
    marijke = Member.objects.get(given_name="Marijke")
    held = Licence.objects.get(member=_fatima())
    end_licence(by=marijke, licence=held.id, version=held.version, now=now)


def leave_fatima_out(now: datetime) -> None:
    """Let Anna leave Fatima out."""
    LeftOut.objects.create(client=_anna(now), member=_fatima(), since=now)


def _manager(kvk: KvkNumber, name: str, who: str, pseudonym: str, now: datetime) -> Member:
    admitted = joining.admitted(kvk, name=name, manager=_new(who), now=now)
    return joining.begun(pseudonym, admitted.invited, kvk=kvk, now=now)


def _helper(manager: Member, who: str, pseudonym: str, now: datetime) -> None:
    """Let a manager invite somebody and give a licence for a year, and let that person begin."""
    kvk = KvkNumber(manager.organisation.kvk_number)
    member = joining.begun(pseudonym, joining.invited_by(manager, _new(who), now=now), kvk=kvk, now=now)
    today = clock.day_of(now)
    terms = LicenceTerms(frozenset(SERVICES), first_day=today, last_day=Duration.ONE_YEAR.last_day(today))
    give_licence(by=manager, member=member.party_id, terms=terms, now=now)


def _new(who: str) -> NewMember:
    given_name, family_name = who.split()
    return NewMember(given_name, family_name, f"{given_name.lower()}@example.nl", kind=MemberKind.VOLUNTEER)


def _fatima() -> Member:
    return Member.objects.select_related("organisation").get(given_name="Fatima")


def _anna(now: datetime) -> Party:
    return people.person("anna", now=now)
