"""The one statement for members: its forms, and a plain reading of the models, say the same of whatever is there."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.mandates.decision import Question, Representative, decide
from namens.mandates.snapshot import snapshot
from namens.organisations.models import (
    Assignment,
    Block,
    LeftOut,
    LicencePause,
    Member,
    Opening,
    Organisation,
    Status,
    Team,
)
from namens.parties.models import Party
from namens.services.models import Portal
from tests.mandates.drawn import KEYS, content, days, instants, mandates, plainly, put, questions, read
from tests.people import NOW, portal
from tests.working import licence, member, organisation

Drawn = dict[str, Any]
Span = tuple[datetime, datetime | None]

teams = st.none() | st.integers(0, 1)
spans = st.lists(st.tuples(instants, st.none() | instants), max_size=2)
licences = st.fixed_dictionaries(
    {
        "days": st.tuples(days, days).map(sorted),
        "given_at": instants,
        "ended_at": st.none() | instants,
        "team": teams,
        "services": st.sets(st.sampled_from(KEYS), min_size=1),
        "pauses": spans,
    }
)
workers = st.fixed_dictionaries(
    {"bound_at": st.none() | instants, "ended_at": st.none() | instants, "team": teams, "blocks": spans}
)
places = st.fixed_dictionaries(
    {"admitted_at": st.none() | instants, "last_day": st.none() | days, "blocks": spans},
)
reaches = st.fixed_dictionaries(
    {"assigned": st.lists(st.tuples(instants, teams), max_size=3), "opened": st.sets(days), "left_out": spans}
)


@pytest.mark.usefixtures("catalogue")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(mandates, max_size=4),
    place=places,
    worker=workers,
    held=st.lists(licences, max_size=3),
    reach=st.lists(reaches, min_size=3, max_size=3),
    question=questions,
    at=instants,
)
def test_it_says_the_same_of_members_in_every_form(
    anna: Party,
    bram: Party,
    carla: Party,
    written: list[Drawn],
    place: Drawn,
    worker: Drawn,
    held: list[Drawn],
    reach: list[Drawn],
    question: Question,
    at: datetime,
) -> None:
    clients = [anna, bram, carla]
    with transaction.atomic():
        works_for, asked = put_place(place), portal("portaal", *KEYS[:2])
        own_teams = [Team.objects.create(organisation=works_for, name=name) for name in ("Noord", "Zuid")]
        sam, elsewhere = put_worker(worker, works_for, own_teams), member(organisation("De Brug"), "Carla")
        for one in held:
            put_licence(one, sam, own_teams)
        for client, drawn in zip(clients, reach, strict=True):
            put_reach(drawn, sam, client, own_teams)
        for one in written:
            put(one, clients, [works_for.party, elsewhere.organisation.party])
        for who in (sam, elsewhere):
            compare(asked, who, works_for, clients, question, at)
        transaction.set_rollback(True)


def compare(
    asked: Portal, who: Member, works_for: Organisation, clients: Sequence[Party], question: Question, at: datetime
) -> None:
    acting = Representative(works_for.party_id, member=who.party_id)
    everybody, some = read(asked, acting), read(asked, acting, *clients[:2])
    assert some.by_representee().keys() == everybody.by_representee().keys() - {clients[2].id}
    for client in clients:
        plain = plainly(asked, works_for.party, client, question, member=who)
        one = read(asked, acting, client)
        found = snapshot(one.asker, one.of_pair, question=question, representative=acting)
        assert content(found) == content(plain)
        assert decide(found, at) == decide(plain, at)
        # With a list and without: the order of the rows is the database's own.
        for many in (everybody, some) if client in clients[:2] else (everybody,):
            lines = many.by_representee().get(client.id, [])
            assert content(snapshot(many.asker, lines, question=question, representative=acting)) == content(plain)


def lifted(until: datetime | None) -> dict[str, str]:
    """Give the two operators who undid a block, when somebody did."""
    return {"first_lifter": "olga", "second_lifter": "otto"} if until else {}


def put_place(drawn: Drawn) -> Organisation:
    works_for = organisation()
    works_for.admitted_at, works_for.last_day = drawn["admitted_at"], drawn["last_day"]
    works_for.status = Status.ADMITTED if drawn["admitted_at"] else Status.REFUSED
    works_for.save()
    for since, until in one_open(drawn["blocks"]):
        Block.objects.create(organisation=works_for, blocked_by="olga", since=since, until=until, **lifted(until))
    return works_for


def put_worker(drawn: Drawn, works_for: Organisation, own_teams: list[Team]) -> Member:
    sam = member(works_for, team=team_in(drawn, own_teams))
    sam.bound_at, sam.ended_at = drawn["bound_at"], drawn["ended_at"]
    sam.pseudonym_digest = sam.pseudonym_digest if drawn["bound_at"] else ""
    sam.save()
    for since, until in one_open(drawn["blocks"]):
        Block.objects.create(
            organisation=works_for, member=sam, blocked_by="olga", since=since, until=until, **lifted(until)
        )
    return sam


def put_licence(drawn: Drawn, sam: Member, own_teams: list[Team]) -> None:
    first, last = drawn["days"]
    keys, team = sorted(drawn["services"]), team_in(drawn, own_teams)
    put_down = licence(sam, *keys, first_day=first, last_day=last, team=team, now=drawn["given_at"])
    put_down.ended_at = drawn["ended_at"]
    put_down.save()
    for since, until in one_open(drawn["pauses"]):
        LicencePause.objects.create(licence=put_down, since=since, until=until)


def put_reach(drawn: Drawn, sam: Member, client: Party, own_teams: list[Team]) -> None:
    turns = sorted(drawn["assigned"], key=lambda turn: turn[0])
    for place, (since, team) in enumerate(turns, start=1):
        Assignment.objects.create(
            organisation=sam.organisation,
            client=client,
            team=None if team is None else own_teams[team],
            since=since,
            until=turns[place][0] if place < len(turns) else None,
        )
    for day in drawn["opened"]:
        Opening.objects.create(member=sam, client=client, day=day, reason="urgent", opened_at=NOW)
    for since, until in one_open(drawn["left_out"]):
        LeftOut.objects.create(client=client, member=sam, since=since, until=until)


def one_open(drawn: list[Span]) -> Iterator[Span]:
    """Give intervals of which at most one is open, as the database wants it."""
    for place, (since, until) in enumerate(drawn):
        yield since, until or (since if place else None)


def team_in(drawn: Drawn, own_teams: list[Team]) -> Team | None:
    return None if drawn["team"] is None else own_teams[drawn["team"]]
