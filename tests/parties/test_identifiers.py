"""Numbers that name a party."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.parties import identifiers
from namens.parties.identifiers import (
    Bsn,
    InvalidBsn,
    InvalidEstablishmentNumber,
    InvalidHelperNumber,
    InvalidKvkNumber,
    InvalidPseudonym,
    KvkNumber,
    Pseudonym,
)
from tests.people import BSNS

NINE = st.text(alphabet="0123456789", min_size=9, max_size=9)
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes(digits: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11 == 0


SOUND = st.text(alphabet="0123456789", min_size=8, max_size=8).flatmap(
    lambda start: st.sampled_from([start + last for last in "0123456789" if passes(start + last)] or ["999990019"])
)


@given(digits=NINE)
def test_it_accepts_what_passes_the_eleven_test_only(digits: str) -> None:
    if passes(digits) and digits != "000000000":
        assert Bsn.parse(digits).digits == digits
    else:
        with pytest.raises(InvalidBsn):
            Bsn.parse(digits)


@given(digits=SOUND.filter(lambda digits: digits != "000000000"), place=st.integers(0, 8), step=st.integers(1, 9))
def test_it_finds_one_wrong_digit(digits: str, place: int, step: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    with pytest.raises(InvalidBsn):
        Bsn.parse(wrong)


def test_it_refuses_all_zeros() -> None:
    with pytest.raises(InvalidBsn):
        Bsn.parse("000000000")


@pytest.mark.parametrize("text", ["9999 90 019", "999.990.019", "999-990-019", " 999990019 ", "999\u00a0990019"])
def test_it_reads_what_people_type(text: str) -> None:
    assert Bsn.parse(text).digits == "999990019"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "99999001",
        "0999990019",
        "99999001a",
        "999990019\n",
        "\u0669" * 8 + "9",
        "\uff19\uff19\uff19\uff19\uff19\uff10\uff10\uff11\uff19",
        "\u00b9" * 9,
        "999990019" + " " * 300,
        "+99999001",
        "9.9e8",
    ],
)
def test_it_refuses_what_is_no_number_of_nine_digits(text: str) -> None:
    with pytest.raises(InvalidBsn):
        Bsn.parse(text)


@given(text=st.text(max_size=250))
def test_it_never_repeats_what_was_typed(text: str) -> None:
    try:
        said = f"{Bsn.parse(text)!r}"
    except InvalidBsn as refused:
        said = str(refused)
    assert said in {"<bsn>", "not a BSN"}


def test_it_prints_no_digits() -> None:
    bsn = BSNS["anna"]
    assert f"{bsn} {bsn!r} {[bsn]}" == "<bsn> <bsn> [<bsn>]"


def test_it_cannot_be_made_without_the_test() -> None:
    with pytest.raises(InvalidBsn):
        Bsn("123456789")


def test_it_shows_three_digits_at_most() -> None:
    assert Bsn("999990019").last_three == "019"


def test_it_digests_differently_for_each_number() -> None:
    assert identifiers.digest(Bsn("999990019")) != identifiers.digest(Bsn("999990032"))


def test_it_carries_the_key_id_and_no_digits_in_a_digest() -> None:
    digest = identifiers.digest(Bsn("999990019"))
    assert digest.startswith("new:")
    assert "999990019" not in digest


def test_it_looks_under_every_key_newest_first() -> None:
    digests = identifiers.digests(Bsn("999990019"))
    assert [digest.partition(":")[0] for digest in digests] == ["new", "old"]
    assert digests[0] == identifiers.digest(Bsn("999990019"))


@pytest.mark.parametrize("digits", ["", "1234567", "123456789", "1234567a", "\u0661" * 8, "12345678 "])
def test_it_refuses_what_is_no_trade_register_number(digits: str) -> None:
    with pytest.raises(InvalidKvkNumber):
        KvkNumber(digits)


def test_it_takes_a_trade_register_number() -> None:
    assert KvkNumber("01234567").digits == "01234567"


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890123", "00001234567a", "\u0661" * 12, "000012345678\n"])
def test_it_refuses_what_is_no_establishment_number(text: str) -> None:
    with pytest.raises(InvalidEstablishmentNumber):
        identifiers.parse_establishment_number(text)


def test_it_keeps_the_zeros_of_an_establishment_number() -> None:
    assert identifiers.parse_establishment_number("000012345678") == "000012345678"


@pytest.mark.parametrize("text", ["x", "SST-6F1C20", "4B75A0EA@2D8FF1EF", "é", "x" * 256])
def test_it_takes_a_pseudonym_as_it_is(text: str) -> None:
    assert Pseudonym.parse(text).text == text


def test_it_forgives_spaces_around_a_pseudonym_and_not_its_case() -> None:
    assert Pseudonym.parse("  SST-1 ") == Pseudonym("SST-1") != Pseudonym("sst-1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "   ",
        "x" * 257,
        "two words",
        "P-1\n",
        "P-1\x00",
        "P\t1",
        "P\x7f",
        "P\u00a01",
        "P\u200b1",
        "\u202eP-1",
        "\ufeffP",
    ],
)
def test_it_refuses_a_pseudonym_that_cannot_be_seen_whole(text: str) -> None:
    with pytest.raises(InvalidPseudonym):
        Pseudonym.parse(text)


@given(text=st.text(max_size=300))
def test_it_never_repeats_a_pseudonym(text: str) -> None:
    try:
        said = f"{Pseudonym.parse(text)!r} {Pseudonym.parse(text)}"
    except InvalidPseudonym as refused:
        said = str(refused)
    assert said in {"<pseudonym> <pseudonym>", "not a pseudonym"}


@pytest.mark.parametrize("text", ["", "3467-89BC", "000000000", "\u0412" * 9, "3467-89BC-D-9999"])
def test_it_refuses_what_is_no_helper_number(text: str) -> None:
    with pytest.raises(InvalidHelperNumber):
        identifiers.parse_helper_number(text)
