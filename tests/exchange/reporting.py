"""Reporting acts as a portal's machine does, without HTTP."""

from dataclasses import replace
from datetime import datetime

from namens.exchange.acts import report_acts
from namens.exchange.reports import ByIds, ByLogin, Outcome, Report
from namens.grants.models import Family
from namens.grants.pairwise import pairwise_id
from namens.grants.tokens import login_in
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Portal
from tests.api.machine import Machine
from tests.openid.relying import read
from tests.people import NOW

ACT, SENSITIVE = "inkomen-wijzigen", "rekeningnummer-wijzigen"


def ids(by: Party, whom: Party, *, portal: Machine, sector: str = "") -> ByIds:
    """Give two people as this portal knows them, or as another sector does."""
    where = sector or portal.portal.sector
    return ByIds(whom=pairwise_id(whom.id, sector=where), by=pairwise_id(by.id, sector=where))


def who_works(by: Member, whom: Party, *, portal: Machine) -> ByIds:
    """Give a member and a client."""
    return replace(ids(by.party, whom, portal=portal), works_for=by.organisation.kvk_number)


def report(who: ByIds | ByLogin, reference: str = "zaak-1", *, act: str = ACT, at: datetime = NOW) -> Report:
    """Give a report of an act."""
    return Report(act=act, at=at, reference=reference, who=who)


def report_one(portal: Machine | Portal, told: Report, *, now: datetime = NOW) -> Outcome:
    """Report one act and give what became of it."""
    known = portal if isinstance(portal, Portal) else Portal.objects.get(client_id=portal.portal.client_id)
    (outcome,) = report_acts(known, [told], now=now)
    return outcome


def by_login(portal: Machine, helper: Party, *, whom: Party | None) -> ByLogin:
    """Let somebody log in at this portal, and give the login as its ID token names it."""
    tokens = portal.relying.tokens(helper, whom=whom)
    jti = str(read(tokens["id_token"])["jti"])
    assert Family.objects.filter(id=login_in(jti)).exists()
    return ByLogin(jti, family=login_in(jti))
