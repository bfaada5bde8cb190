"""The organisations of the rehearsal at Namens: admitted, with their people bound and licensed. Needs its settings."""

from datetime import datetime, timedelta
from uuid import UUID

from namens.journal.events import Channel
from namens.lib import clock
from namens.organisations.actions import (
    LicenceTerms,
    NewMember,
    Terms,
    admit,
    admit_login,
    find_invitation,
    give_licence,
    invite,
)
from namens.organisations.models import Member, MemberKind
from namens.organisations.models import Organisation as Admitted
from namens.organisations.queries import licensable
from namens.parties.identifiers import KvkNumber, Pseudonym
from namens.signin.models import Staff
from rehearsal import organisations
from rehearsal.organisations import Member as Colleague
from rehearsal.organisations import Organisation
from tools import practice_staff
from tools.say import Trouble

LICENCE_DAYS = 364
MAIL_DOMAIN = "werk.example"


def admit_all() -> None:
    """Admit every organisation that is not there yet. What is there stays as it is."""
    now, operator = clock.now(), Staff.objects.get(email=practice_staff.OPERATOR)
    known = set(Admitted.objects.values_list("kvk_number", flat=True))
    for one in organisations.load().all:
        if one.kvk not in known:
            admit_one(one, operator=operator.id, now=now)


def admit_one(
    one: Organisation, *, operator: UUID, now: datetime, mail_domain: str = MAIL_DOMAIN, licensed: bool = True
) -> None:
    """Admit one, with its first manager, who invites the others and gives them a licence, or leaves that for later."""
    first, *others = [somebody for somebody in one.members if somebody.role]
    terms = Terms(KvkNumber(one.kvk), one.name, one.bsn_basis, may_process_bsn=bool(one.bsn_basis))
    admitted = admit(terms=terms, manager=_person(first, mail_domain), by=operator, channel=Channel.COMMAND, now=now)
    manager = _begin(one, first, token=admitted.invited.token, now=now)
    for somebody in others:
        link = invite(who=_person(somebody, mail_domain), by=manager, now=now)
        member = _begin(one, somebody, token=link.token, now=now)
        if licensed:
            _license(member, by=manager, now=now)


def _person(somebody: Colleague, mail_domain: str) -> NewMember:
    given, _, family = somebody.name.partition(" ")
    kind = MemberKind.VOLUNTEER if somebody.role == "volunteer" else MemberKind.STAFF
    email = f"{somebody.pseudonym.lower()}@{mail_domain}"
    return NewMember(given, family, email, kind=kind, is_manager=somebody.role == "manager")


def _begin(one: Organisation, somebody: Colleague, *, token: str, now: datetime) -> Member:
    """Do what the first login does. Raises `Trouble`."""
    invitation = find_invitation(token=token)
    member = admit_login(
        kvk=KvkNumber(one.kvk),
        pseudonym=Pseudonym(somebody.pseudonym),
        establishment=somebody.establishment or None,
        invitation=invitation.id if invitation else None,
        now=now,
    )
    if not isinstance(member, Member):
        raise Trouble(f"{somebody.name} cannot begin at {one.name}: {member}")
    return member


def _license(holder: Member, *, by: Member, now: datetime) -> None:
    """Give a licence for everything that can be licensed, for nearly a year."""
    today = clock.day_of(now)
    services = frozenset(licensable().values_list("key", flat=True))
    terms = LicenceTerms(services=services, first_day=today, last_day=today + timedelta(days=LICENCE_DAYS))
    give_licence(by=by, member=holder.party_id, terms=terms, now=now)
