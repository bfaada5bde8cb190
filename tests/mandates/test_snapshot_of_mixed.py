"""Who is asked about together reads the same as each alone, whatever the others need."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from django.db import connection

from namens.mandates.membership import Dialect
from namens.mandates.snapshot import Reading
from namens.mandates.statement import Asked, statement
from namens.parties.identifiers import Bsn, digests
from namens.parties.models import Party
from tests.people import BSNS, active, portal
from tests.working import KVK_NUMBERS, licence, mandate_of, member, organisation

Lines = list[tuple[object, ...]]


def together(asked: Sequence[Asked]) -> list[Lines]:
    """Give the lines of each, read with one statement."""
    wanted = statement(Dialect(connection.vendor), asked)
    with connection.cursor() as cursor:
        cursor.execute(wanted.sql, wanted.parameters)
        found = Reading(cursor.fetchall())
    return [sorted((line[4:] for line in found.lines.get(number, ())), key=str) for number in range(len(asked))]


@pytest.fixture
def everybody(catalogue: None, anna: Party, bram: Party, dirk: Party) -> list[Asked]:  # noqa: ARG001 - for its effect
    """Questions of every sort: about a person, a number, a member, the past, and nobody."""
    at, sam = portal("portaal").client_id, member(organisation())
    licence(sam)
    mandate_of(anna, organisation())
    active(anna, bram)
    number = " ".join(digests(Bsn(BSNS["anna"].digits)))
    return [
        Asked(at, bram.id, representee=anna.id),
        Asked(at, bram.id, representee_named=number),
        Asked(at, member=sam.party_id, party_named=KVK_NUMBERS["Samen Sterk"], representee=anna.id),
        Asked(at, bram.id, representee=anna.id, past=True),
        Asked(at, dirk.id, representee=anna.id),
    ]


def test_it_reads_each_sort_alone(everybody: list[Asked]) -> None:
    assert [len(together([one])[0]) for one in everybody] == [1, 1, 1, 1, 0]


@pytest.mark.parametrize("many", [2, 3, 5])
def test_it_reads_each_the_same_beside_others(everybody: list[Asked], many: int) -> None:
    alone = {one: together([one])[0] for one in everybody}
    for some in combinations(everybody, many):
        assert together(some) == [alone[one] for one in some]
