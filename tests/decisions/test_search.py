"""The three searches (AuthZEN 1.0, 8): whoever is found may, and whoever may is found."""

import json
from datetime import timedelta

import pytest

from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import Machine, machine
from tests.decisions.searching import (
    ACTION,
    RESOURCE,
    SUBJECT,
    each_search,
    entitled,
    for_whom,
    ids_in,
    next_in,
    person,
    searcher,
    what,
    who,
)
from tests.people import BSNS, NOW, active, of, terms
from tests.working import licence, mandate_of, member, organisation

ready = pytest.mark.usefixtures("catalogue", "signing_keys")


def test_it_finds_who_may_act_for_somebody(searching: Machine, anna: Party, bram: Party, carla: Party) -> None:
    active(anna, bram)
    active(anna, carla)
    heard = searching.ask(who(searching.id_of(anna)), path=SUBJECT)
    assert sorted(ids_in(heard)) == sorted(searching.id_of(one) for one in (bram, carla))
    assert {one["type"] for one in heard.json["results"]} == {"person"}
    assert heard.json["page"] == {"next_token": "", "count": 2}


def test_it_finds_for_whom_somebody_may_act(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    heard = searching.ask(for_whom(person(searching, bram)), path=RESOURCE)
    assert heard.json["results"] == [{"type": "person", "id": searching.id_of(anna)}]


@ready
def test_it_finds_what_somebody_may_do(anna: Party, bram: Party) -> None:
    searching = searcher("zoeker", "mijn-toeslagen", "inkomstenbelasting")
    active(anna, bram, what=terms("mijn-toeslagen", granted=["rekeningnummer-wijzigen"]))
    heard = searching.ask(what(person(searching, bram), searching.id_of(anna)), path=ACTION)
    assert heard.json["results"] == [{"name": "mijn-toeslagen"}, {"name": "mijn-toeslagen#rekeningnummer-wijzigen"}]


def test_it_finds_members_through_their_licences(searching: Machine, anna: Party, dirk: Party) -> None:
    works_for = organisation()
    mandate_of(anna, works_for)
    sam, vera = member(works_for), member(works_for, "Vera")
    licence(sam)
    licence(vera, "inkomstenbelasting")
    heard = searching.ask(who(searching.id_of(anna), kind="member"), path=SUBJECT)
    known = {"type": "member", "id": searching.id_of(sam.party), "properties": {"organisation": works_for.kvk_number}}
    assert heard.json["results"] == [known]
    question = searching.question(sam.party, anna, subject=known)
    assert searching.ask(question).decision is True
    assert ids_in(searching.ask(for_whom(known), path=RESOURCE)) == [searching.id_of(anna)]
    assert ids_in(searching.ask(what(known, searching.id_of(anna)), path=ACTION)) == ["mijn-toeslagen"]
    assert ids_in(searching.ask(who(searching.id_of(dirk), kind="member"), path=SUBJECT)) == []


def test_it_finds_members_of_one_organisation(searching: Machine, anna: Party) -> None:
    names = ("Samen Sterk", "De Brug")
    workers = {}
    for name in names:
        mandate_of(anna, organisation(name))
        workers[name] = member(organisation(name))
        licence(workers[name])
    for name in names:
        subject = {"type": "member", "properties": {"organisation": organisation(name).kvk_number}}
        heard = searching.ask(who(searching.id_of(anna), subject=subject), path=SUBJECT)
        assert ids_in(heard) == [searching.id_of(workers[name].party)]
    nowhere = {"type": "member", "properties": {"organisation": "90000099"}}
    assert ids_in(searching.ask(who(searching.id_of(anna), subject=nowhere), path=SUBJECT)) == []


def test_it_finds_nobody_for_who_may_do_nothing(searching: Machine, anna: Party, bram: Party, dirk: Party) -> None:
    active(anna, bram)
    assert ids_in(searching.ask(for_whom(person(searching, dirk)), path=RESOURCE)) == []
    assert ids_in(searching.ask(who(searching.id_of(dirk)), path=SUBJECT)) == []
    assert ids_in(searching.ask(what(person(searching, dirk), searching.id_of(anna)), path=ACTION)) == []


def test_it_finds_no_member_without_a_licence_and_no_person_among_members(
    searching: Machine, anna: Party, bram: Party
) -> None:
    mandate_of(anna, organisation())
    active(anna, bram)
    member(organisation())
    assert ids_in(searching.ask(who(searching.id_of(anna), kind="member"), path=SUBJECT)) == []
    assert ids_in(searching.ask(who(searching.id_of(anna)), path=SUBJECT)) == [searching.id_of(bram)]


def test_it_finds_nobody_any_more_after_a_stop(searching: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW)
    for question, path in each_search(searching, anna, bram):
        assert ids_in(searching.ask(question, path=path)) == []


def test_it_looks_back(searching: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    with clock.frozen(NOW + timedelta(hours=2)):
        stop(mandate=mandate.id, by=anna, now=NOW + timedelta(hours=1))
        searching.log_in()
        moment = (NOW + timedelta(minutes=30)).isoformat()
        for question, path in each_search(searching, anna, bram):
            asked = {**question, "context": {"assurance": "low", "time": moment}}
            heard = searching.ask(asked, path=path)
            assert len(ids_in(heard)) == 1
            assert heard.json["context"] == {"as_of": moment.replace("+00:00", "Z")}
            assert ids_in(searching.ask(question, path=path)) == []


def test_it_asks_for_the_assurance_of_the_service(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    for question, path in each_search(searching, anna, bram):
        assert len(ids_in(searching.ask(question, path=path))) == 1
        assert ids_in(searching.ask({**question, "context": {}}, path=path)) == []


def test_it_finds_for_a_sensitive_action_only_who_may_do_that(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    sensitive = "mijn-toeslagen#rekeningnummer-wijzigen"
    assert ids_in(searching.ask(who(searching.id_of(anna), service=sensitive), path=SUBJECT)) == []
    assert ids_in(searching.ask(for_whom(person(searching, bram), service=sensitive), path=RESOURCE)) == []


def test_it_searches_only_with_a_registered_basis(asking: Machine, running: Mandate, anna: Party, bram: Party) -> None:
    assert of(running).state == "active"
    for question, path in each_search(asking, anna, bram):
        heard = asking.ask(question, path=path)
        assert (heard.status, heard.headers["content-type"]) == (403, "application/problem+json")
        assert heard.json["detail"] == "this portal has no registered basis for searches"


def test_it_searches_the_portals_own_services_only(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms("inkomstenbelasting"))
    of_others = "inkomstenbelasting"
    for question, path in (
        (who(searching.id_of(anna), service=of_others), SUBJECT),
        (for_whom(person(searching, bram), service=of_others), RESOURCE),
        (what(person(searching, bram), searching.id_of(anna)), ACTION),
    ):
        heard = searching.ask({**question, "page": {"limit": 1}}, path=path)
        assert ids_in(heard) == []
        # Not even that there is somebody: an empty page with a next one would say so.
        assert next_in(heard) == ""


def test_it_knows_nobody_by_the_ids_of_another_sector(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    other = machine("andere")
    assert ids_in(searching.ask(who(other.id_of(anna)), path=SUBJECT)) == []
    assert ids_in(searching.ask(for_whom(person(other, bram)), path=RESOURCE)) == []


@ready
def test_it_searches_by_bsn_for_who_is_entitled_and_tells_none(anna: Party, bram: Party) -> None:
    searching = entitled()
    active(anna, bram)
    by_bsn = {"type": "person", "id": BSNS["anna"].digits, "properties": {"id_type": "bsn"}}
    helper = {"type": "person", "id": BSNS["bram"].digits, "properties": {"id_type": "bsn"}}
    heard = searching.ask(who("", resource=by_bsn), path=SUBJECT)
    assert heard.json["results"] == [person(searching, bram)]
    heard = searching.ask(for_whom(helper), path=RESOURCE)
    assert heard.json["results"] == [person(searching, anna)]
    assert ids_in(searching.ask(what(helper, "", resource=by_bsn), path=ACTION)) == ["mijn-toeslagen"]


def test_it_says_the_same_of_every_bsn_to_who_is_not_entitled(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    heard = []
    for digits in (BSNS["anna"].digits, "999990184", "123456789"):
        by_bsn = {"type": "person", "id": digits, "properties": {"id_type": "bsn"}}
        heard.append(searching.ask(who("", resource=by_bsn), path=SUBJECT))
        heard.append(searching.ask(for_whom(by_bsn), path=RESOURCE))
        heard.append(searching.ask(what(by_bsn, "", resource=by_bsn), path=ACTION))
    assert {(one.status, one.body) for one in heard} == {(403, heard[0].body)}
    assert BSNS["anna"].digits not in heard[0].body.decode()


def test_it_passes_over_the_id_of_what_is_searched_for(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    subject = {"type": "person", "id": 12}
    assert ids_in(searching.ask(who(searching.id_of(anna), subject=subject), path=SUBJECT)) == [searching.id_of(bram)]
    resource = {"type": "person", "id": ["x"]}
    asked = for_whom(person(searching, bram), resource=resource)
    assert ids_in(searching.ask(asked, path=RESOURCE)) == [searching.id_of(anna)]


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        (SUBJECT, {"subject": None}),
        (SUBJECT, {"subject": {"type": "team"}}),
        (SUBJECT, {"subject": {"type": "member", "properties": {"organisation": "x"}}}),
        (SUBJECT, {"resource": {"type": "person"}}),
        (SUBJECT, {"action": None}),
        (RESOURCE, {"resource": {"type": "house"}}),
        (RESOURCE, {"resource": {}}),
        (RESOURCE, {"subject": {"type": "person"}}),
        (RESOURCE, {"subject": {"type": "member", "id": "x"}}),
        (ACTION, {"subject": {"type": "person"}}),
        (ACTION, {"resource": {"type": "person"}}),
        (ACTION, {"context": {"assurance": "very high"}}),
        (ACTION, {"context": {"time": "2026-11-24T09:00:00Z"}}),
        (ACTION, {"page": []}),
        (ACTION, {"page": {"limit": -1}}),
        (ACTION, {"page": {"limit": "2"}}),
        (ACTION, {"page": {"limit": 2.5}}),
        (ACTION, {"page": {"token": ""}}),
        (ACTION, {"page": {"token": 1}}),
    ],
)
def test_it_refuses_what_is_no_search(
    searching: Machine, anna: Party, bram: Party, path: str, changes: dict[str, object]
) -> None:
    good = {question_path: question for question, question_path in each_search(searching, anna, bram)}[path]
    assert searching.ask(good, path=path).status == 200
    heard = searching.ask({**good, **changes}, path=path)
    assert (heard.status, heard.headers["content-type"]) == (400, "application/problem+json")


@ready
def test_it_gives_each_portal_its_own_ids(anna: Party, bram: Party) -> None:
    active(anna, bram)
    here, there = searcher("een"), searcher("twee")
    found = [ids_in(one.ask(who(one.id_of(anna)), path=SUBJECT)) for one in (here, there)]
    assert found == [[here.id_of(bram)], [there.id_of(bram)]]
    assert here.id_of(bram) != there.id_of(bram)


def test_it_writes_the_page_first(searching: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    heard = searching.ask(who(searching.id_of(anna)), path=SUBJECT)
    assert list(json.loads(heard.body)) == ["page", "results"]
