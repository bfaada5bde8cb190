"""Pages of results (AuthZEN 1.0, 8.2): in the order of ids, behind tokens that lead nowhere else."""

from uuid import UUID

import pytest
from django.db import connection

from namens.mandates.actions import stop
from namens.mandates.membership import Dialect
from namens.mandates.models import Mandate
from namens.mandates.statement import Asked, Form, statement
from namens.parties.models import Party
from tests.decisions.machine import Machine
from tests.decisions.searching import (
    ACTION,
    RESOURCE,
    SUBJECT,
    all_pages,
    clients_of,
    for_whom,
    ids_in,
    next_in,
    person,
    searcher,
    what,
    who,
)
from tests.people import NOW, active, terms
from tests.working import licence, mandate_of, member, organisation

ready = pytest.mark.usefixtures("catalogue", "signing_keys")


def test_it_gives_pages_without_losing_or_doubling_anybody(searching: Machine, bram: Party) -> None:
    clients = clients_of(bram, 7)
    pages = list(all_pages(searching, for_whom(person(searching, bram)), RESOURCE, limit=3))
    found = [one for page in pages for one in ids_in(page)]
    assert [len(ids_in(page)) for page in pages] == [3, 3, 1]
    assert sorted(found) == sorted(searching.id_of(client) for client in clients)


@ready
def test_it_gives_pages_of_subjects_and_of_actions(anna: Party, bram: Party, carla: Party, dirk: Party) -> None:
    searching = searcher("zoeker", "mijn-toeslagen", "inkomstenbelasting")
    for helper in (bram, carla, dirk):
        active(anna, helper, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    works_for = organisation()
    mandate_of(anna, works_for)
    workers = [member(works_for, name) for name in ("Sam", "Vera", "Mia")]
    for worker in workers:
        licence(worker)
    persons = [
        one for page in all_pages(searching, who(searching.id_of(anna)), SUBJECT, limit=2) for one in ids_in(page)
    ]
    assert sorted(persons) == sorted(searching.id_of(helper) for helper in (bram, carla, dirk))
    asked = who(searching.id_of(anna), kind="member")
    members = [one for page in all_pages(searching, asked, SUBJECT, limit=1) for one in ids_in(page)]
    assert sorted(members) == sorted(searching.id_of(worker.party) for worker in workers)
    question = what(person(searching, bram), searching.id_of(anna))
    names = [ids_in(page) for page in all_pages(searching, question, ACTION, limit=1)]
    assert names == [["inkomstenbelasting"], ["mijn-toeslagen"]]


def test_it_stays_on_its_page_while_mandates_come_and_go(searching: Machine, bram: Party) -> None:
    clients = clients_of(bram, 6)
    question = for_whom(person(searching, bram))
    first = searching.ask({**question, "page": {"limit": 2}}, path=RESOURCE)
    for mandate in Mandate.objects.filter(representee__in=clients[:3]):
        stop(mandate=mandate.id, by=mandate.representee, now=NOW)
    second = searching.ask({**question, "page": {"token": next_in(first)}}, path=RESOURCE)
    third = searching.ask({**question, "page": {"token": next_in(second)}}, path=RESOURCE)
    known = [searching.id_of(client) for client in clients]
    assert (ids_in(first), ids_in(second), ids_in(third)) == (known[:2], known[3:4], known[4:])
    assert next_in(third) == ""


def test_it_can_give_an_empty_page_that_is_not_the_last(searching: Machine, bram: Party) -> None:
    clients = clients_of(bram, 3)
    for mandate in Mandate.objects.filter(representee__in=clients[:2]):
        stop(mandate=mandate.id, by=mandate.representee, now=NOW)
    pages = list(all_pages(searching, for_whom(person(searching, bram)), RESOURCE, limit=1))
    assert [len(ids_in(page)) for page in pages] == [0, 0, 1]
    assert [page.json["page"]["count"] for page in pages] == [0, 0, 1]


def test_it_reads_each_page_with_one_statement(searching: Machine, bram: Party) -> None:
    clients_of(bram, 5)
    question = {**for_whom(person(searching, bram)), "page": {"limit": 2}}
    searching.ask(question, path=RESOURCE)
    before = searching.reader.statements
    searching.ask(question, path=RESOURCE)
    assert searching.reader.statements == before + 1


def test_it_takes_no_token_of_another_question_or_portal(searching: Machine, anna: Party, bram: Party) -> None:
    clients_of(bram, 3)
    question = for_whom(person(searching, bram))
    token = next_in(searching.ask({**question, "page": {"limit": 1}}, path=RESOURCE))
    page = {"token": token}
    assert searching.ask({**question, "page": page}, path=RESOURCE).status == 200
    assert searching.ask({**question, "page": {**page, "limit": 1}}, path=RESOURCE).status == 200
    for changed, path in (
        ({**question, "page": {**page, "limit": 2}}, RESOURCE),
        ({**question, "context": {"assurance": "substantial"}, "page": page}, RESOURCE),
        ({**question, "context": {"assurance": "low", "time": "2026-11-23T08:00:00Z"}, "page": page}, RESOURCE),
        ({**for_whom(person(searching, anna)), "page": page}, RESOURCE),
        ({**for_whom(person(searching, bram), service="inkomstenbelasting"), "page": page}, RESOURCE),
        ({**who(searching.id_of(anna)), "page": page}, SUBJECT),
        ({**what(person(searching, bram), searching.id_of(anna)), "page": page}, ACTION),
        ({**question, "page": {"token": token[:-8] + "AAAAAAAA"}}, RESOURCE),
        ({**question, "page": {"token": "x"}}, RESOURCE),
        ({**question, "page": {"token": "é:💥"}}, RESOURCE),
    ):
        heard = searching.ask(changed, path=path)
        assert (heard.status, heard.json["detail"][:35]) == (400, "page.token is not of this search: w")
    same_sector = searcher("zoeker-twee", sector=searching.portal.portal.sector)
    assert same_sector.id_of(bram) == searching.id_of(bram)
    assert same_sector.ask({**question, "page": page}, path=RESOURCE).status == 400


def test_it_says_nothing_with_a_token(searching: Machine, bram: Party) -> None:
    clients = clients_of(bram, 2)
    question = {**for_whom(person(searching, bram)), "page": {"limit": 1}}
    tokens = {next_in(searching.ask(question, path=RESOURCE)) for _ in range(2)}
    assert len(tokens) == 2
    for token in tokens:
        assert not any(client.id.hex in token or str(client.id) in token for client in clients)


def test_it_never_gives_more_than_a_thousand(searching: Machine, bram: Party) -> None:
    clients_of(bram, 1)
    question = for_whom(person(searching, bram))
    assert len(ids_in(searching.ask({**question, "page": {"limit": 10**30}}, path=RESOURCE))) == 1
    heard = searching.ask({**question, "page": {"limit": 1000, "properties": {"sort": "x"}}}, path=RESOURCE)
    assert len(ids_in(heard)) == 1


def test_it_reads_as_many_as_fit_and_one_more(searching: Machine, bram: Party) -> None:
    clients_of(bram, 4)
    question = for_whom(person(searching, bram))
    heard = searching.ask({**question, "page": {"limit": 4}}, path=RESOURCE)
    assert (len(ids_in(heard)), next_in(heard)) == (4, "")
    # A page for nobody would only say whether there is somebody.
    assert searching.ask({**question, "page": {"limit": 0}}, path=RESOURCE).status == 400


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by numbers, and a test has none")
def test_it_reads_the_lines_of_a_page_and_no_others(searching: Machine, bram: Party) -> None:
    asked = Asked(searching.portal.portal.client_id, bram.id, service="mijn-toeslagen", after=UUID(int=0), most=3)
    wanted = statement(Dialect.SQLITE, [asked], form=Form.CLIENTS_PAGE)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {wanted.sql}", wanted.parameters)
        plan = [row[3] for row in cursor.fetchall()]
    of_lines = [step.partition("INDEX ")[2] for step in plan if step.startswith("SEARCH line ")]
    pairs = "line_by_pair (representative_id=? AND representee_id"
    assert of_lines == [f"{pairs}>?)", f"{pairs}=? AND service_id=?)"]
