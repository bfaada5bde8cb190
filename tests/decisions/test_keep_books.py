"""What is kept of each answer: numbers always, the journal where the portal is registered for it."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as given
from pytest_django import Settings

from namens.decisions.application import Application
from namens.decisions.journaling import Journaling
from namens.decisions.moving import move_waiting
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.services.models import Portal
from tests.decisions.machine import EVALUATIONS, Machine, ThroughDjango, machine
from tests.decisions.searching import ACTION, RESOURCE, for_whom, ids_in, person, what
from tests.people import BSNS, NOW, active, terms


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Let what waits for the journal wait here."""
    settings.DECISIONS = replace(given.DECISIONS, folder=tmp_path)
    return tmp_path


@pytest.fixture
def journaled(catalogue: None, signing_keys: None, folder: Path) -> Iterator[Machine]:  # noqa: ARG001 - for their effect
    """A portal whose decisions have to be journaled; nothing is moved but by `moved`."""
    asking = machine(journals_decisions=True)
    journaling = asking.door.books.journaling = Journaling(folder=folder)
    yield asking
    journaling.spool.close()


def moved(asking: Machine, folder: Path) -> list[JournalEntry]:
    """Move what was kept, and give the entries."""
    journaling = asking.door.books.journaling
    assert journaling is not None
    journaling.spool.turn()
    journaling.spool.sync()
    move_waiting(folder=folder)
    return list(JournalEntry.objects.filter(event=Event.DECISION_ASKED).order_by("id"))


def test_it_counts_decisions_by_outcome(
    asking: Machine, anna: Party, bram: Party, dirk: Party, running: Mandate
) -> None:
    for helper in (bram, dirk, dirk):
        asking.ask(asking.question(helper, anna))
    numbers = asking.door.books.counts.numbers()
    assert numbers.decisions == {"machine evaluation permit": 1, "machine evaluation no_mandate": 2}
    assert numbers.requests["evaluation 200"] == 3
    assert numbers.tokens == {"kept": 2, "verified": 1}
    assert running.id is not None


def test_it_journals_each_decision_of_a_portal_that_wants_it(
    journaled: Machine, folder: Path, anna: Party, bram: Party, dirk: Party
) -> None:
    mandate = active(anna, bram)
    journaled.ask(journaled.question(bram, anna))
    journaled.ask({"evaluations": [journaled.question(dirk, anna), journaled.question(bram, anna)]}, path=EVALUATIONS)
    first, second, third = moved(journaled, folder)
    assert (first.actor, first.subject, first.mandate, first.result) == (bram.id, anna.id, mandate.id, "permit")
    assert (second.actor, second.subject, second.mandate, second.result) == (dirk.id, None, None, "no_mandate")
    assert (third.portal, third.at, third.details["service"]) == (journaled.portal.portal.id, NOW, "mijn-toeslagen")


def test_it_journals_nothing_for_others(
    asking: Machine, folder: Path, anna: Party, bram: Party, running: Mandate
) -> None:
    journaling = asking.door.books.journaling = Journaling(folder=folder)
    asking.ask(asking.question(bram, anna))
    assert moved(asking, folder) == []
    assert running.id is not None
    journaling.spool.close()


def test_it_journals_no_number_and_no_id_of_a_portal(
    journaled: Machine, folder: Path, anna: Party, bram: Party
) -> None:
    Portal.objects.update(bsn_legal_basis="Awir artikel 38")
    active(anna, bram)
    digits, asked = BSNS["anna"].digits, journaled.question(bram, anna)
    asked["resource"] = {"type": "person", "id": digits, "properties": {"id_type": "bsn"}}
    heard = journaled.ask(asked, x_request_id=f"ask-about-{digits}")
    assert heard.decision is True
    (entry,) = moved(journaled, folder)
    written = json.dumps(entry.details)
    assert entry.subject == anna.id
    assert digits not in written
    assert journaled.id_of(bram) not in written


def test_it_answers_nothing_that_it_cannot_keep(journaled: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    assert journaled.ask(journaled.question(bram, anna)).decision is True
    journaled.door.books.journaling = None
    heard = journaled.ask(journaled.question(bram, anna))
    assert (heard.status, heard.headers["retry-after"]) == (503, "1")


def test_it_journals_whatever_a_portal_calls_its_request_and_keeps_no_such_name(
    journaled: Machine, folder: Path, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    for number in (BSNS["anna"].digits, "caf\xe9", "x" * 1000):
        heard = journaled.ask(journaled.question(bram, anna), x_request_id=number)
        assert (heard.decision, heard.headers["x-request-id"]) == (True, number)
    assert [entry.details.get("request") for entry in moved(journaled, folder)] == [None, None, None]


def test_it_journals_only_what_a_search_told(journaled: Machine, folder: Path, anna: Party, bram: Party) -> None:
    Portal.objects.update(search_basis="Awir, artikel 1")
    mandate = active(anna, bram, what=terms(granted=["rekeningnummer-wijzigen"]))
    question = what(person(journaled, bram), journaled.id_of(anna))
    assert len(ids_in(journaled.ask({**question, "page": {"limit": 1}}, path=ACTION))) == 1
    assert ids_in(journaled.ask(for_whom(person(journaled, bram), service="inkomstenbelasting"), path=RESOURCE)) == []
    (entry,) = moved(journaled, folder)
    assert (entry.mandate, entry.result, entry.details["service"]) == (mandate.id, "permit", "mijn-toeslagen")


def test_it_does_not_start_without_books(settings: Settings) -> None:
    """A door that counts nothing and can journal nothing would look as if all were well."""
    settings.DECISIONS = replace(given.DECISIONS, folder=Path("/dev/null/decisions"))
    heard: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "lifespan.startup"}

    async def send(event: dict[str, object]) -> None:
        heard.append(event)

    asyncio.run(Application(ThroughDjango())({"type": "lifespan"}, receive, send))
    assert heard == [{"type": "lifespan.startup.failed", "message": "no books: NotADirectoryError"}]
