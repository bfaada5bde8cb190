"""The one statement: its two forms, and a plain reading of the models, say the same of whatever is in the tables."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates.decision import Line, Offered, Question, Representative, Snapshot, decide
from namens.mandates.membership import Dialect
from namens.mandates.models import Mandate, MandateService, Origin
from namens.mandates.snapshot import Row, by_representee, snapshot, statement
from namens.parties.models import Party
from namens.services.models import CatalogueVersion, Portal, Service
from tests.decision_rows import OF_A_STATE
from tests.people import NOW, TODAY, portal

KEYS = ("mijn-toeslagen", "inkomstenbelasting", "parkeervergunning")
ACTIONS = ("rekeningnummer-wijzigen", "iban-wijzigen")
LEVELS = [level.value for level in AssuranceLevel]
days = st.integers(-3, 3).map(lambda ahead: TODAY + timedelta(days=ahead))
instants = st.integers(-72, 72).map(lambda hours: NOW + timedelta(hours=hours))
actions = st.lists(st.sampled_from(ACTIONS), unique=True)
lines = st.fixed_dictionaries(
    {
        "last_day": days,
        "stopped_at": st.none() | instants,
        "minimum_level": st.sampled_from(LEVELS),
        "sensitive_seen": actions,
    }
)
mandates = st.fixed_dictionaries(
    {
        "representee": st.integers(0, 2),
        "representative": st.none() | st.integers(0, 1),
        "state": st.sampled_from(["offered", "requested", "active", "suspended", "ended"]),
        "days": st.tuples(days, days).map(sorted),
        "at": instants,
        "granted_actions": actions,
        "sensitive_seen": actions,
        "lines": st.dictionaries(st.sampled_from(KEYS), lines, min_size=1),
    }
)
now_offered = st.fixed_dictionaries(
    {"minimum_level": st.sampled_from(LEVELS), "active": st.booleans(), "actions": actions}
)
questions = st.builds(
    Question,
    service=st.sampled_from([*KEYS, "onbekend"]),
    assurance=st.none() | st.sampled_from(list(AssuranceLevel)),
    action=st.none() | st.sampled_from([*ACTIONS, "alles"]),
)


def put(written: dict[str, Any], clients: list[Party], helpers: list[Party]) -> None:
    """Write one mandate as drawn, as far as the database allows it."""
    representative = written["representative"]
    runs = written["state"] in {"active", "suspended"}
    helper = helpers[representative or 0] if runs or representative is not None else None
    ended = written["state"] == "ended"
    mandate = Mandate.objects.create(
        representee=clients[written["representee"]],
        representative=helper,
        origin=Origin.GIVEN,
        state=written["state"],
        first_day=written["days"][0],
        last_day=written["days"][1],
        level_given="low",
        granted_actions=written["granted_actions"],
        sensitive_seen=written["sensitive_seen"],
        offered_at=NOW,
        activated_at=written["at"] if runs else None,
        ended_at=written["at"] if ended else None,
        end_reason="withdrawn" if ended else "",
        **OF_A_STATE.get(written["state"], {}),
    )
    version = CatalogueVersion.objects.get()
    for key, line in written["lines"].items():
        service = Service.objects.get(key=key)
        MandateService.objects.create(
            mandate=mandate,
            service=service,
            version=version,
            representee=mandate.representee,
            representative=helper,
            **line,
        )


def change(services: dict[str, dict[str, Any]]) -> None:
    """Let the catalogue be as drawn."""
    for key, service in services.items():
        listed = [{"key": action, "name": action, "question": "?"} for action in service["actions"]]
        fields = {"minimum_level": service["minimum_level"], "active": service["active"]}
        Service.objects.filter(key=key).update(sensitive_actions=listed, **fields)


def rows(portal: UUID, helper: UUID, client: UUID | None = None) -> list[Row]:
    asked = statement(
        Dialect(connection.vendor),
        portal=portal,
        representative=Representative(helper),
        representees=[client] if client else [],
    )
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.parameters)
        return list(cursor.fetchall())


def plainly(asked: Portal, helper: Party, client: Party, question: Question) -> Snapshot:
    """Read the models one by one, as anybody would without the statement."""
    offered = list(asked.services.all())
    found = MandateService.objects.filter(representative=helper, representee=client, service__in=offered)
    return Snapshot(
        question=question,
        portal_approved=asked.status == "approved",
        services=tuple(
            Offered(
                key=service.key,
                minimum_level=AssuranceLevel(service.minimum_level),
                sensitive_actions=frozenset(service.sensitive_keys),
                active=service.active,
            )
            for service in offered
        ),
        lines=tuple(plain_line(line) for line in found.select_related("mandate", "service")),
    )


def plain_line(line: MandateService) -> Line:
    mandate = line.mandate
    return Line(
        mandate=mandate.id,
        service=line.service.key,
        state=mandate.state,
        first_day=mandate.first_day,
        last_day=line.last_day,
        minimum_level=AssuranceLevel(line.minimum_level),
        activated_at=mandate.activated_at,
        ended_at=mandate.ended_at,
        stopped_at=line.stopped_at,
        granted_actions=frozenset(mandate.granted_actions),
        sensitive_seen=frozenset(mandate.sensitive_seen),
        service_seen=frozenset(line.sensitive_seen),
    )


def content(one: Snapshot) -> tuple[object, ...]:
    """Give what a snapshot holds, without an order."""
    return one.question, one.portal_approved, frozenset(one.services), frozenset(one.lines), len(one.lines)


@pytest.mark.usefixtures("catalogue")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(mandates, max_size=6),
    services=st.fixed_dictionaries(dict.fromkeys(KEYS, now_offered)),
    offers=st.sets(st.sampled_from(KEYS), min_size=1),
    approved=st.booleans(),
    question=questions,
    at=instants,
)
def test_it_says_the_same_in_every_form(
    anna: Party,
    bram: Party,
    carla: Party,
    dirk: Party,
    written: list[dict[str, Any]],
    services: dict[str, dict[str, Any]],
    offers: set[str],
    approved: bool,  # noqa: FBT001 - drawn
    question: Question,
    at: datetime,
) -> None:
    clients, helpers = [anna, carla, dirk], [bram, carla]
    fitting = [one for one in written if not (one["representee"] == 1 and one["representative"] == 1)]
    with transaction.atomic():
        asked = portal("portaal", *sorted(offers))
        change(services)
        if not approved:
            Portal.objects.update(status="withdrawn")
        for one in fitting:
            put(one, clients, helpers)
        asked.refresh_from_db()
        many = by_representee(rows(asked.id, bram.id))
        for client in clients:
            compare(asked, bram, client, question, at=at, of_many=many.get(client.id))
        transaction.set_rollback(True)


def compare(
    asked: Portal, helper: Party, client: Party, question: Question, *, at: datetime, of_many: list[Row] | None
) -> None:
    plain = plainly(asked, helper, client, question)
    one_pair = snapshot(
        rows(asked.id, helper.id, client.id), question=question, representative=Representative(helper.id)
    )
    assert content(one_pair) == content(plain)
    assert decide(one_pair, at) == decide(plain, at)
    if of_many is None:
        assert plain.lines == ()
    else:
        assert content(snapshot(of_many, question=question, representative=Representative(helper.id))) == content(plain)


@pytest.mark.django_db
def test_it_reads_nothing_for_a_portal_that_is_not_there(anna: Party, bram: Party) -> None:
    found = snapshot(
        rows(new_id(), bram.id, anna.id),
        question=Question(service="x", assurance=None),
        representative=Representative(bram.id),
    )
    assert (found.portal_approved, found.services, found.lines) == (False, (), ())


def test_it_reads_what_both_databases_give() -> None:
    """SQLite gives text where PostgreSQL gives values."""
    ids = new_id(), new_id()
    kept = ["approved", "alpha", "low"]
    values = (*kept, '[{"key": "x"}]', True, ids[0], ids[1], "active", TODAY, TODAY, NOW, None, None, '["x"]', "[]")
    text = (*kept, '[{"key": "x"}]', 1, ids[0].hex, ids[1].hex, "active", str(TODAY), str(TODAY), *plain_instants())
    question = Question(service="alpha", assurance=AssuranceLevel.LOW)
    end = ("person", None, None)
    forms = [(*values, "low", ["x"], *end), (*text, None, None, '["x"]', "[]", "low", '["x"]', *end)]
    first, second = (snapshot([row], question=question, representative=Representative(ids[0])) for row in forms)
    assert first == second
    assert first.lines[0].activated_at == NOW


def plain_instants() -> list[str]:
    return [NOW.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")]


def test_it_never_puts_a_value_in_the_statement() -> None:
    ids = new_id(), new_id(), new_id(), new_id()
    for dialect in Dialect:
        asked = statement(
            dialect, portal=ids[0], representative=Representative(ids[1], member=ids[3]), representees=[ids[2]]
        )
        assert asked.sql.count("%s") == len(asked.parameters) == 9
        assert not any(str(one) in asked.sql or one.hex in asked.sql for one in ids)
