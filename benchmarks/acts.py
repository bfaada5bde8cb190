"""acts: how many acts a second portals can report, a thousand in each request, at the program that serves our pages;
beside raw bulk INSERTs of as many rows, in as many transactions, into tables like those.

No act was reported before, and all are allowed.
"""

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection
from django.db.models import Model
from joserfc.jwk import ECKey

from benchmarks.load import Answered, Calls, ask
from benchmarks.measure import PROCESSES, in_processes, statements, timed
from benchmarks.report import median, p99, report, spread
from benchmarks.site import pages
from benchmarks.world import SERVICE, fill, mandate, people
from namens.exchange.acts import report_acts
from namens.exchange.models import ReportedAct
from namens.exchange.reports import ByIds, Report
from namens.grants.confirmation import BEARER
from namens.grants.pairwise import pairwise_id
from namens.grants.tokens import machine_tokens
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.ids import new_id
from namens.services.actions import PortalTerms, approve_portal, propose_portal
from namens.services.models import Portal
from namens.services.profiles import MachineScope, Profile

AIM, EACH, PAIRS, WORKERS, CONNECTIONS = 1_000, 1_000, 250, 2, 2
CLIENT_ID, ACT, PATH = "portal-of-acts", "inkomen-wijzigen", "/v1/handelingreeksen"
MOST_A_SECOND = 15_000
"""So many acts are made ready: each is sent once."""


def main() -> None:
    """Measure and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    os.environ["NAMENS_ACTS_A_MINUTE"] = "10000000"
    fill()
    portal = _register(now)
    pairs = _pairs(portal, now)
    count = statements(lambda: report_acts(portal, _reports(pairs, now), now=now))
    with pages(workers=WORKERS) as port:
        asked = ask(port, _calls(portal, pairs, now, seconds), seconds=seconds, connections=CONNECTIONS).insist()
    alone = _alone(seconds)
    _report(asked, alone, count=count, limit=len(alone) * EACH / seconds)


def _register(now: datetime) -> Portal:
    terms = PortalTerms(
        client_id=CLIENT_ID,
        name="Portaal",
        profile=Profile.NLGOV,
        services=(SERVICE,),
        redirect_uris=("https://portal.example/terug",),
        sector="portal",
        jwks={"keys": [ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)]},
        machine_scopes=(MachineScope.PORTALS.value,),
        acts=({"key": ACT, "name": "Inkomen gewijzigd"},),
    )
    propose_portal(terms=terms, by="one", now=now)
    return approve_portal(client_id=CLIENT_ID, by="two", now=now)


def _pairs(portal: Portal, now: datetime) -> list[ByIds]:
    before = now - timedelta(minutes=1)
    parties = people(2 * PAIRS, now=before)
    found = list(zip(parties[:PAIRS], parties[PAIRS:], strict=True))
    for client, helper in found:
        mandate(client, helper, now=before)
    ids = [[pairwise_id(one.id, sector=portal.sector) for one in pair] for pair in found]
    return [ByIds(whom=client, by=helper) for client, helper in ids]


def _reports(pairs: Sequence[ByIds], now: datetime) -> list[Report]:
    return [Report(act=ACT, at=now, reference=f"eerst-{turn}", who=who) for turn, who in enumerate(pairs)]


def _calls(portal: Portal, pairs: Sequence[ByIds], now: datetime, seconds: float) -> Calls:
    token = machine_tokens(portal, scope=MachineScope.PORTALS, confirmation=BEARER, now=clock.now()).access_token
    batches = max(20, round(seconds * MOST_A_SECOND / EACH))
    bodies = [_body(pairs, number, now) for number in range(batches)]
    return Calls.to(PATH, token=token, bodies=bodies, holds=lambda _, body: body.count(b'"status":201') == EACH)


def _body(pairs: Sequence[ByIds], batch: int, now: datetime) -> bytes:
    acts = [
        {
            "handeling": ACT,
            "tijdstip": now.isoformat(),
            "kenmerk": f"zaak-{batch}-{turn}",
            "voorWie": {"id": who.whom},
            "doorWie": {"id": who.by},
        }
        for turn, who in enumerate(islice(cycle(pairs), EACH))
    ]
    return json.dumps({"handelingen": acts}).encode()


def _alone(seconds: float) -> list[float]:
    """Insert as many rows as a batch has, with what one of them holds, and commit; again and again."""
    act, entry = ReportedAct.objects.first(), JournalEntry.objects.order_by("-id").first()
    assert act is not None
    assert entry is not None
    inserts = [_insert(one) for one in (act, entry)]
    with connection.cursor() as cursor:
        for one in (act, entry):
            cursor.execute(f"CREATE TABLE raw_{one._meta.db_table} (LIKE {one._meta.db_table} INCLUDING ALL)")

    def one_process(_number: int) -> list[float]:
        host, user, name = (str(settings.DATABASES["default"][part]) for part in ("HOST", "USER", "NAME"))
        with psycopg.connect(host=host, user=user, dbname=name) as plain:

            def insert(_turn: int) -> None:
                ids = [new_id() for _ in range(EACH)]
                for sql, columns in inserts:
                    plain.execute(sql, [_varied(name, value, ids) for name, value in columns])
                plain.commit()

            return timed(insert, seconds=seconds)

    return in_processes(one_process, count=PROCESSES)


def _insert(row: Model) -> tuple[str, list[tuple[str, Any]]]:
    """Give one INSERT of many rows like this one, and the columns with their values."""
    fields = row._meta.concrete_fields
    kinds = ", ".join(f"%s::{str(field.db_type(connection)).split('(')[0]}[]" for field in fields)
    names = ", ".join(str(field.column) for field in fields)
    sql = f"INSERT INTO raw_{row._meta.db_table} ({names}) SELECT * FROM unnest({kinds})"
    values = [(str(field.column), field.value_from_object(row)) for field in fields]
    return sql, [(name, json.dumps(value) if isinstance(value, dict) else value) for name, value in values]


def _varied(name: str, value: object, ids: list[UUID]) -> list[object]:
    if name == "id":
        return [*ids]
    return [str(one) for one in ids] if name == "reference" else [value] * EACH


def _report(asked: Answered, alone: list[float], *, count: int, limit: float) -> None:
    rate, with_what = asked.rate * EACH, f"{WORKERS} workers, {CONNECTIONS} connections"
    rows = [
        ("acts", f"{rate:8.0f} a second (aim {AIM}), {with_what}, PostgreSQL; none wrong, {asked.refused} refused"),
        ("one answer", f"{spread(asked.times)}, for {EACH:,} acts"),
        ("statements", f"{count:8} for {PAIRS} acts, who asks not counted"),
        ("database alone", f"{limit:8.0f} acts a second: bulk INSERTs of as many rows, {PROCESSES} processes"),
        ("one batch", f"{spread(alone)}, for {EACH:,} acts"),
        ("ratio", f"{rate / limit:8.2f} of the database alone"),
    ]
    figures: dict[str, float] = {"acts_a_second": rate, "each": EACH, "workers": WORKERS, "connections": CONNECTIONS}
    figures |= {**asked.figures, "statements": count, "database_alone_a_second": limit, "ratio": rate / limit}
    report("acts", rows, figures=figures | {"alone_median_ms": median(alone), "alone_p99_ms": p99(alone)})


if __name__ == "__main__":
    main()
