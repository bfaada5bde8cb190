"""Keys with an id, newest first."""

import base64

import pytest

from namens.lib.keyring import BadKeyring, Keyring, UnknownKey

ONE, TWO = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
RING = Keyring.parse(f"new:{ONE}, old:{TWO}")


def test_it_takes_the_first_key_for_what_is_made_now() -> None:
    assert (RING.current, RING.ids) == ("new", ("new", "old"))


def test_it_derives_another_key_for_each_purpose() -> None:
    assert RING.derive("bsn", key_id="new") != RING.derive("code", key_id="new")


def test_it_derives_another_key_from_each_master() -> None:
    assert RING.derive("bsn", key_id="new") != RING.derive("bsn", key_id="old")


def test_it_derives_the_same_key_again_wherever_it_stands() -> None:
    swapped = Keyring.parse(f"old:{TWO},new:{ONE}")
    assert swapped.derive("bsn", key_id="old", length=64) == RING.derive("bsn", key_id="old", length=64)


def test_it_does_not_know_a_key_that_is_not_there() -> None:
    with pytest.raises(UnknownKey, match="gone"):
        RING.derive("bsn", key_id="gone")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        ONE,
        f":{ONE}",
        f"a b:{ONE}",
        f"\u00e9:{ONE}",
        f"{'k' * 21}:{ONE}",
        "new:not base64!",
        f"new:{base64.b64encode(bytes(31)).decode()}",
        f"new:{ONE},new:{TWO}",
    ],
)
def test_it_refuses_a_text_that_is_no_keyring(text: str) -> None:
    with pytest.raises(BadKeyring) as refused:
        Keyring.parse(text)
    assert ONE not in str(refused.value)


def test_it_never_prints_a_key() -> None:
    printed = f"{RING!r} {RING}"
    assert printed == "<keyring new, old> <keyring new, old>"
