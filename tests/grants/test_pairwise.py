"""The ids by which sectors know parties."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import Settings

from namens.grants.pairwise import UnknownPairwiseId, pairwise_id, party_of
from namens.lib.ids import new_id

sectors = some.text(min_size=1, max_size=60)


@given(party=some.uuids(), sector=sectors)
def test_it_gives_the_party_back(party: UUID, sector: str) -> None:
    assert party_of(pairwise_id(party, sector=sector), sector=sector) == party


@given(party=some.uuids(), sector=sectors)
def test_it_gives_the_same_id_every_time(party: UUID, sector: str) -> None:
    assert pairwise_id(party, sector=sector) == pairwise_id(party, sector=sector)


@given(party=some.uuids(), one=sectors, other=sectors)
def test_it_gives_two_sectors_ids_that_cannot_be_compared(party: UUID, one: str, other: str) -> None:
    if one == other:
        return
    assert pairwise_id(party, sector=one) != pairwise_id(party, sector=other)
    with pytest.raises(UnknownPairwiseId):
        party_of(pairwise_id(party, sector=one), sector=other)


@given(text=some.text(max_size=60))
def test_it_knows_nobody_by_another_text(text: str) -> None:
    with pytest.raises(UnknownPairwiseId):
        party_of(text, sector="toeslagen")


def test_it_writes_only_what_an_address_can_hold() -> None:
    made = pairwise_id(new_id(), sector="toeslagen")
    assert len(made) == 43
    assert made.isascii()
    assert set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_it_knows_nobody_under_another_key(settings: Settings) -> None:
    made = pairwise_id(new_id(), sector="toeslagen")
    settings.PAIRWISE_KEY = bytes(64)
    with pytest.raises(UnknownPairwiseId):
        party_of(made, sector="toeslagen")
