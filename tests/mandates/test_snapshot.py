"""The one statement: its two forms, and a plain reading of the models, say the same of whatever is in the tables."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates.decision import Question, Representative, decide
from namens.mandates.membership import Dialect
from namens.mandates.snapshot import Row, by_representee, snapshot, statement
from namens.parties.models import Party
from namens.services.models import Portal
from tests.mandates.drawn import KEYS, change, content, instants, mandates, now_offered, plainly, put, questions, rows
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
        many = by_representee(rows(asked.id, Representative(bram.id)))
        for client in clients:
            compare(asked, bram, client, question, at=at, of_many=many.get(client.id))
        transaction.set_rollback(True)


def compare(
    asked: Portal, helper: Party, client: Party, question: Question, *, at: datetime, of_many: list[Row] | None
) -> None:
    plain = plainly(asked, helper, client, question)
    acting = Representative(helper.id)
    one_pair = snapshot(rows(asked.id, acting, client.id), question=question, representative=acting)
    assert content(one_pair) == content(plain)
    assert decide(one_pair, at) == decide(plain, at)
    if of_many is None:
        assert plain.lines == ()
    else:
        assert content(snapshot(of_many, question=question, representative=acting)) == content(plain)


@pytest.mark.django_db
def test_it_reads_nothing_for_a_portal_that_is_not_there(anna: Party, bram: Party) -> None:
    found = snapshot(
        rows(new_id(), Representative(bram.id), anna.id),
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
