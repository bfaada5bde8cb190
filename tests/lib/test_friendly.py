"""Codes that people read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.lib import friendly

CODES = st.text(alphabet=friendly.ALPHABET, min_size=1, max_size=20).map(
    lambda body: body + friendly.check_symbol(body)
)


@given(code=CODES)
def test_it_accepts_a_code_with_its_own_check_symbol(code: str) -> None:
    assert friendly.is_sound(code, symbols=len(code))


@given(code=CODES, place=st.integers(0, 100), step=st.integers(1, 22))
def test_it_finds_every_wrong_symbol(code: str, place: int, step: int) -> None:
    place %= len(code)
    other = friendly.ALPHABET[(friendly.ALPHABET.index(code[place]) + step) % len(friendly.ALPHABET)]
    assert not friendly.is_sound(code[:place] + other + code[place + 1 :], symbols=len(code))


@given(code=CODES, place=st.integers(0, 100))
def test_it_finds_two_neighbours_that_changed_places(code: str, place: int) -> None:
    place %= len(code) - 1
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not friendly.is_sound(swapped, symbols=len(code))


@given(symbols=st.integers(2, 20))
def test_it_generates_sound_codes_of_the_asked_length(symbols: int) -> None:
    assert friendly.is_sound(friendly.generate(symbols), symbols=symbols)


def test_it_uses_every_symbol() -> None:
    assert set("".join(friendly.generate(12) for _ in range(200))) == set(friendly.ALPHABET)


@given(code=CODES, separator=st.sampled_from(sorted(friendly.SEPARATORS)))
def test_it_tidies_what_people_type(code: str, separator: str) -> None:
    assert friendly.tidy(separator.join(code.lower()) + separator) == code


def test_it_reads_full_width_forms() -> None:
    assert friendly.tidy("\uff14\uff34\uff38") == "4TX"


@pytest.mark.parametrize(
    "look_alike", ["\u0412", "\u03a4", "\u0425", "\u0391", "\u0663", "\U0001d7ce", "O", "0", "1", "I"]
)
def test_it_refuses_look_alikes(look_alike: str) -> None:
    body = "346789BCDFG"
    assert not friendly.is_sound(friendly.tidy(look_alike + body), symbols=12)


@pytest.mark.parametrize("text", ["", " ", "-" * 12, "3" * 11, "3" * 13])
def test_it_refuses_another_length(text: str) -> None:
    assert not friendly.is_sound(friendly.tidy(text), symbols=12)


def test_it_never_takes_the_beginning_of_a_long_text_for_a_code() -> None:
    code = friendly.generate(12)
    assert friendly.tidy(code + " " * friendly.LONGEST_INPUT + "X") == ""


@given(text=st.text(max_size=300))
def test_it_bears_any_text(text: str) -> None:
    assert friendly.is_sound(friendly.tidy(text), symbols=12) in {True, False}


def test_it_groups_a_code_for_reading() -> None:
    assert friendly.grouped("346789BCDFGH", size=4) == "3467-89BC-DFGH"
