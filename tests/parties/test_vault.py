"""The only place where a BSN is opened."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from namens.lib.keyring import Keyring, UnknownKey
from namens.parties import keys, vault
from namens.parties.identifiers import Bsn

ANNA = Bsn("999990019")


def test_it_opens_what_it_sealed() -> None:
    assert vault.open_(vault.seal(ANNA)) == ANNA


def test_it_never_seals_the_same_way_twice() -> None:
    assert vault.seal(ANNA) != vault.seal(ANNA)


def test_it_hides_the_number() -> None:
    sealed = vault.seal(ANNA)
    raw = base64.b64decode(sealed.partition(":")[2])
    assert ANNA.digits not in sealed
    assert ANNA.digits.encode() not in raw


@given(place=st.integers(0, 1000), bit=st.integers(0, 7))
def test_it_finds_every_change(place: int, bit: int) -> None:
    key_id, _, encoded = vault.seal(ANNA).partition(":")
    raw = bytearray(base64.b64decode(encoded))
    raw[place % len(raw)] ^= 1 << bit
    with pytest.raises(keys.BrokenSeal):
        vault.open_(f"{key_id}:{base64.b64encode(raw).decode()}")


@pytest.mark.parametrize("sealed", ["new:", "new:AAAA", "new:!!!", "new:A"])
def test_it_refuses_what_it_never_sealed(sealed: str) -> None:
    with pytest.raises(keys.BrokenSeal):
        vault.open_(sealed)


def test_it_refuses_what_was_sealed_for_something_else() -> None:
    with pytest.raises(keys.BrokenSeal):
        vault.open_(keys.seal("activation-code", ANNA.digits))


def test_it_opens_what_an_older_key_sealed(settings: Settings) -> None:
    ring: Keyring = settings.KEYRING
    settings.KEYRING = Keyring(ring.masters[1:])
    sealed = vault.seal(ANNA)
    settings.KEYRING = ring
    assert sealed.startswith("old:")
    assert vault.open_(sealed) == ANNA


def test_it_cannot_open_what_a_lost_key_sealed(settings: Settings) -> None:
    sealed = vault.seal(ANNA)
    settings.KEYRING = Keyring(settings.KEYRING.masters[1:])
    with pytest.raises(UnknownKey):
        vault.open_(sealed)
