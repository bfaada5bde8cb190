"""The cases of tests/decisions.yaml as rows in the database, for the statement and for the doors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from namens.mandates.decision import Representative
from namens.mandates.models import Mandate, MandateService, Origin, Suspension
from namens.parties.models import Party
from namens.services.models import CatalogueVersion, Portal, Service, Status
from tests.decision_cases import Case, Given
from tests.decision_working_rows import put_working
from tests.people import BSNS, load_catalogue, person, portal

OFFERED_AT = datetime(2026, 10, 1, tzinfo=UTC)
OF_A_STATE: Mapping[str, Mapping[str, Any]] = {
    "requested": {"duration": "1-year", "waits_until": date(2030, 1, 1)},
    "suspended": {"suspended_at": datetime(2026, 11, 10, 8, tzinfo=UTC)},
}


@dataclass(frozen=True)
class Stage:
    """A case in the database. `people` has the organisations and their members too."""

    portal: Portal
    people: Mapping[str, Party]

    def representative(self, case: Case) -> Representative:
        """Give who asks in this case."""
        member = self.people[case.who].id if case.names_a_member else None
        return Representative(self.people[case.in_name_of].id, member=member)


def put_in_database(case: Case, *, register: Callable[..., Portal] = portal) -> Stage:
    """Write the rows of this case: people, catalogue, portal (by `register`) and mandates."""
    load_catalogue()
    people = {name: person(name) for name in BSNS}
    people |= put_working(case.working, people)
    stage = Stage(portal=register("portaal", *case.offers), people=people)
    for one in case.given:
        _put_mandate(one, stage.people)
    put_changes(case, stage)
    return stage


def put_changes(case: Case, stage: Stage) -> None:
    """Write what changed since the yes: the catalogue, and whether the portal is approved."""
    for key, changes in case.changes.items():
        fields = dict(changes)
        if "sensitive_actions" in fields:
            actions = fields["sensitive_actions"]
            fields["sensitive_actions"] = [{"key": action, "name": action, "question": "?"} for action in actions]
        Service.objects.filter(key=key).update(**fields)
    if not case.approved:
        Portal.objects.filter(id=stage.portal.id).update(status=Status.PROPOSED, approved_by="")


def _put_mandate(one: Given, people: Mapping[str, Party]) -> None:
    helper = people[one.helper] if one.helper else None
    mandate = Mandate.objects.create(
        id=one.id,
        representee=people[one.giver],
        representative=helper,
        origin=Origin.GIVEN,
        state=one.state,
        end_reason="stopped-by-representee" if one.ended else "",
        first_day=one.first_day,
        last_day=one.last_day,
        level_given="low",
        granted_actions=sorted(one.granted),
        sensitive_seen=sorted(frozenset().union(*one.seen.values())),
        granted_since=one.granted_since,
        offered_at=one.offered,
        activated_at=one.activated,
        ended_at=one.ended,
        **OF_A_STATE.get(one.state, {}),
    )
    for interval in one.suspended:
        Suspension.objects.create(mandate=mandate, since=interval.since, until=interval.until)
    version = CatalogueVersion.objects.get()
    for line in one.lines():
        MandateService.objects.create(
            mandate=mandate,
            service=Service.objects.get(key=line.service),
            representee=people[one.giver],
            representative=helper,
            version=version,
            last_day=line.last_day,
            minimum_level=line.minimum_level,
            sensitive_seen=sorted(line.service_seen),
            stopped_at=line.stopped_at,
        )
