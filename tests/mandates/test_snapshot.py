"""The one statement: its two forms, and a plain reading of the models, say the same of whatever is in the tables."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates.decision import Question, Representative, decide
from namens.mandates.membership import Dialect
from namens.mandates.snapshot import Reading, snapshot
from namens.mandates.statement import Asked, Form, Found, statement
from namens.parties.models import Party
from namens.services.models import Portal
from tests.mandates.drawn import KEYS, change, content, instants, mandates, now_offered, plainly, put, questions, read
from tests.people import NOW, TODAY, portal


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
        many = read(asked, Representative(bram.id))
        for client in clients:
            compare(asked, bram, client, question, at=at, of_many=many)
        transaction.set_rollback(True)


def compare(asked: Portal, helper: Party, client: Party, question: Question, *, at: datetime, of_many: Reading) -> None:
    plain = plainly(asked, helper, client, question)
    acting = Representative(helper.id)
    one = read(asked, acting, client)
    one_pair = snapshot(one.asker, one.of_pair, question=question, representative=acting)
    assert content(one_pair) == content(plain)
    assert decide(one_pair, at) == decide(plain, at)
    lines = of_many.by_representee().get(client.id, [])
    assert content(snapshot(of_many.asker, lines, question=question, representative=acting)) == content(plain)


@pytest.mark.django_db
def test_it_reads_nothing_for_a_portal_that_is_not_there(anna: Party, bram: Party) -> None:
    acting = Representative(bram.id)
    found = read(Portal(client_id="nobody"), acting, anna)
    empty = snapshot(found.asker, found.of_pair, question=Question(service="x", assurance=None), representative=acting)
    assert (empty.portal_approved, empty.services, empty.lines) == (False, (), ())


def test_it_reads_what_both_databases_give() -> None:
    """SQLite gives text where PostgreSQL gives values."""
    ids = new_id(), new_id(), new_id()
    values: dict[str, Any] = {"representee": ids[0], "mandate": ids[1], "representative": ids[2]}
    values |= {"first_day": TODAY, "last_day": TODAY, "known_since": NOW, "activated_at": NOW}
    text: dict[str, Any] = {
        name: value.hex if isinstance(value, UUID) else str(value) for name, value in values.items()
    }
    text |= {"known_since": plain(NOW), "activated_at": plain(NOW), "granted_actions": '["x"]'}
    values["granted_actions"] = ["x"]
    same = {"service": "alpha", "state": "active", "sensitive_seen": "[]", "minimum_level": "low", "kind": "person"}
    question = Question(service="alpha", assurance=AssuranceLevel.LOW)
    nothing: dict[str, Any] = dict.fromkeys(Found._fields)
    first, second = (
        snapshot(
            None,
            [Found(**{**nothing, **same, "service_seen": '["x"]', **form})],
            question=question,
            representative=Representative(ids[2]),
        )
        for form in (values, text)
    )
    assert first == second
    assert first.lines[0].activated_at == NOW


def plain(instant: datetime) -> str:
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


def test_it_never_puts_a_value_in_the_statement() -> None:
    ids = new_id(), new_id(), new_id()
    asked = Asked("a-portal", party=ids[0], member=ids[1], representee=ids[2], party_named="1", representee_named="2")
    for form in Form:
        many = [asked] if form.page else [asked, asked]
        here, there = (statement(dialect, many, form=form) for dialect in (Dialect.SQLITE, Dialect.POSTGRESQL))
        # What only pages need is no parameter of the others.
        assert (here.sql.count("%s"), there.sql.count("%s")) == (1, len(asked) + (1 if form.page else -2))
        for one in (here, there):
            assert one.sql.count("%s") == len(one.parameters)
            assert not any(str(part) in one.sql or part.hex in one.sql for part in ids)
            assert "a-portal" not in one.sql
