"""Mandates by the million: what the benchmarks hold to be true of them is what the rules decide."""

import pytest
from django.db import connection

from benchmarks import invented
from benchmarks.decisions import CLIENT_ID, mandate_asked_about, pool, register, representative
from benchmarks.invented import Sort, halves_in_pgbench, id_in_pgbench, uuid_of
from benchmarks.many import MODELS, SERVICES, SMALLEST, fill_mandates
from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Permit, Question
from namens.mandates.queries import decide_for
from namens.services.models import Portal
from tests.people import NOW, load_catalogue

TURNS = range(400)


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        found = [connection.introspection.get_constraints(cursor, model._meta.db_table) for model in MODELS]
    return {name for of_table in found for name in of_table}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_knows_what_the_rules_decide() -> None:
    load_catalogue()
    before = indexes()
    assert fill_mandates(0, SMALLEST, now=NOW).mandates == SMALLEST
    assert indexes() == before
    connection.check_constraints()
    register(now=NOW)
    assert [said(turn) for turn in TURNS] == [true(turn) for turn in TURNS]


def said(turn: int) -> str:
    asked = invented.question_about(mandate_asked_about(turn, SMALLEST), turn)
    decision = decide_for(
        portal=Portal.objects.get(client_id=CLIENT_ID),
        representative=representative(asked),
        representee=uuid_of(Sort.CLIENT, asked.client),
        question=Question(SERVICES[asked.service], AssuranceLevel.SUBSTANTIAL),
        at=NOW,
    )
    return str(decision.mandate) if isinstance(decision, Permit) else decision.reason.value


def true(turn: int) -> str:
    return invented.truth_about(mandate_asked_about(turn, SMALLEST), turn)


@pytest.mark.one_database
def test_it_asks_as_often_for_a_yes_as_for_a_no() -> None:
    assert 0.48 < pool(1_000_000, size=20_000).share_of_yes < 0.52


@pytest.mark.one_database
def test_it_asks_for_every_reason() -> None:
    truths = {invented.truth_about(mandate_asked_about(turn, 1_000_000), turn) for turn in range(5_000)}
    reasons = {one for one in truths if "-" not in one}
    assert reasons == {
        *("stopped", "expired", "suspended", "not_started", "not_activated"),
        *("wrong_service", "no_mandate", "no_licence"),
    }


@pytest.mark.one_database
def test_it_gives_ids_that_sort_by_number() -> None:
    ids = [uuid_of(Sort.MANDATE, number) for number in (0, 1, 2, 9_999_999)]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {"specified in RFC 4122"}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="what pgbench asks is for PostgreSQL")
def test_it_gives_pgbench_the_same_ids() -> None:
    for number in (0, 7, 19_999_999):
        values = {"client": number}
        for line in halves_in_pgbench(Sort.CLIENT, "client"):
            _, name, expression = line.split(" ", 2)
            values[name] = eval(expression.replace(":", ""), {}, values)
        sql = id_in_pgbench("client")
        for name in ("client_high", "client_low"):
            sql = sql.replace(f":{name}", f"({values[name]})")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {sql}")
            assert cursor.fetchone() == (uuid_of(Sort.CLIENT, number),)
