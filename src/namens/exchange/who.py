"""Who did an act for whom: by the ids of a sector, or by the login in which it was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from namens.exchange.refusals import Wrong
from namens.exchange.reports import ByIds, ByLogin, Report
from namens.grants.models import Family
from namens.grants.pairwise import UnknownPairwiseId, party_of
from namens.grants.queries import logins_at
from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Representative
from namens.mandates.statement import Asked
from namens.services.models import Portal

NOBODY = UUID(int=0)
CLOCKS_DIFFER = timedelta(seconds=60)
# With ids nobody says how somebody logged in: only who and when is judged.
_LEVEL_OF_IDS = AssuranceLevel.HIGH


@dataclass(frozen=True)
class People:
    """Who acted (a person, or a `member` of an organisation) for whom. None: an id that says nothing here.

    `party` is in whose name that was: the person, or the organisation; one that is known by `kvk_number` only has no id
    here yet.
    """

    representee: UUID | None
    party: UUID | None
    member: UUID | None = None
    kvk_number: str = ""
    level: AssuranceLevel = _LEVEL_OF_IDS

    @property
    def actor(self) -> UUID | None:
        """Give who was at the keyboard."""
        return self.member if self.is_at_work else self.party

    @property
    def is_at_work(self) -> bool:
        """Say whether it was done in the name of an organisation."""
        return self.member is not None or bool(self.kvk_number)

    @property
    def representative(self) -> Representative:
        """Give them as the decision knows them."""
        return Representative(self.party or NOBODY, member=self.member)

    def asked(self, portal: Portal) -> Asked:
        """Give what has to be read of them."""
        return Asked(
            portal=portal.client_id,
            party=self.party,
            member=self.member,
            representee=self.representee,
            party_named=self.kvk_number,
            past=True,
        )


def people_in(reports: Iterable[Report], *, portal: Portal) -> list[People | Wrong]:
    """Give the people of each report. One statement, when there are logins among them."""
    listed = list(reports)
    families = [one.who.family for one in listed if isinstance(one.who, ByLogin) and one.who.family is not None]
    logins = logins_at(portal, families=families) if families else {}
    return [_people(report, portal=portal, logins=logins) for report in listed]


def _people(report: Report, *, portal: Portal, logins: Mapping[UUID, Family]) -> People | Wrong:
    if isinstance(report.who, ByIds):
        return _by_ids(report.who, sector=portal.sector)
    login = logins.get(report.who.family) if report.who.family else None
    return _by_login(report, login) if login else Wrong.LOGIN_UNKNOWN


def _by_ids(who: ByIds, *, sector: str) -> People | Wrong:
    representee, by = _known(who.whom, sector), _known(who.by, sector)
    if representee is not None and representee == by:
        return Wrong.ONESELF
    if who.works_for:
        return People(representee, None, member=by, kvk_number=who.works_for)
    return People(representee, by)


def _by_login(report: Report, login: Family) -> People | Wrong:
    """A login is for what was chosen in it, from when it began until it ended, give or take what clocks differ."""
    if login.representee_id is None:
        return Wrong.ONESELF
    if report.at < login.made_at - CLOCKS_DIFFER:
        return Wrong.LOGIN_NOT_THEN
    if login.ended_at is not None and report.at > login.ended_at + CLOCKS_DIFFER:
        return Wrong.LOGIN_NOT_THEN
    if report.service not in login.services:
        return Wrong.LOGIN_NOT_FOR_SERVICE
    if login.organisation_id is None:
        return People(login.representee_id, login.party_id, level=login.assurance)
    return People(login.representee_id, login.organisation_id, member=login.party_id, level=login.assurance)


def _known(text: str, sector: str) -> UUID | None:
    try:
        return party_of(text, sector=sector)
    except UnknownPairwiseId:
        return None
