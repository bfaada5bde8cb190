"""What people type into our questions, and what they are told when it cannot be read."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils import translation

from namens.lib import friendly
from namens.lib.partial_date import PartialDate
from namens.pages.fields import BirthDateField, BsnField, CodeField, DateField, HelperNumberField, OneOfField, TextField
from namens.parties.identifiers import Bsn

CODE = "K4M7PQ9XT3W" + friendly.check_symbol("K4M7PQ9XT3W")
SPOILED = CODE[:-2] + next(symbol for symbol in friendly.ALPHABET if symbol != CODE[-2]) + CODE[-1]


def refusal(field: Field, typed: object) -> list[tuple[str | None, str]]:
    """Give the code and the English sentence of each error."""
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        field.clean(typed)
    with translation.override("en"):
        return [(error.code, error.messages[0]) for error in caught.value.error_list]


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), friendly.grouped(CODE, size=4), f"  {CODE[:5]} {CODE[5:]} "])
def test_it_takes_a_code_with_spaces_dashes_and_lower_case(typed: str) -> None:
    assert CodeField().clean(typed) == CODE


def test_it_takes_a_helper_number_of_nine_symbols() -> None:
    number = friendly.generate(9)
    assert HelperNumberField().clean(friendly.grouped(number, size=3)) == number


def test_it_speaks_of_the_helper_number_where_one_is_asked() -> None:
    assert refusal(HelperNumberField(), "K4M") == [("wrong_length", "Fill in all 9 characters of the helper number")]


def test_it_asks_for_the_code_when_only_dashes_were_typed() -> None:
    assert refusal(CodeField(), " - - ") == [("required", "Fill in the code")]


def test_it_says_how_many_symbols_a_code_has() -> None:
    assert refusal(CodeField(), "K4M-7P") == [("wrong_length", "Fill in all 12 characters of the code")]


def test_it_names_a_symbol_that_no_code_has() -> None:
    [(code, sentence)] = refusal(CodeField(), "0" + CODE[1:])
    assert code == "wrong_symbol"
    assert "The character 0 is never in a code" in sentence


@pytest.mark.parametrize("look_alike", ["\u0412", "\u041a", "\u0664", "\u096a", "\u200d", "\x00"])
def test_it_refuses_look_alikes_of_other_scripts_in_a_code(look_alike: str) -> None:
    [(code, sentence)] = refusal(CodeField(), look_alike + CODE[1:])
    assert code == "other_script"
    assert look_alike not in sentence


def test_it_finds_a_typing_error_by_the_check_symbol() -> None:
    assert [code for code, _ in refusal(CodeField(), SPOILED)] == ["typing_error"]


@pytest.mark.parametrize("field", [CodeField(), BsnField()])
def test_it_refuses_what_is_far_too_long(field: Field) -> None:
    assert [code for code, _ in refusal(field, "9" * 100_000)] == ["too_long"]


@pytest.mark.parametrize("typed", ["111222333", "111 222 333", "1112.22.333", "111-222-333"])
def test_it_takes_a_bsn_with_spaces_dots_and_dashes(typed: str) -> None:
    assert BsnField().clean(typed) == Bsn("111222333")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("11122233", "length"),
        ("1112223334", "length"),
        ("111222334", "typing_error"),
        ("000000000", "typing_error"),
        ("١١١٢٢٢٣٣٣", "digits"),
        ("11122233B", "digits"),
        ("²11222333²", "length"),
    ],
)
def test_it_says_what_is_wrong_with_a_bsn(typed: str, code: str) -> None:
    assert [found for found, _ in refusal(BsnField(), typed)] == [code]


def test_it_never_repeats_a_bsn_in_a_sentence() -> None:
    assert "111222334" not in repr(refusal(BsnField(), "111222334"))


def test_it_gives_a_whole_date() -> None:
    assert DateField().clean(["27", "3", "2026"]) == date(2026, 3, 27)


def test_it_takes_a_date_with_zeros_and_spaces_around_it() -> None:
    assert DateField().clean([" 07", "03 ", "2026"]) == date(2026, 3, 7)


def test_it_gives_nothing_for_an_empty_date_that_may_stay_away() -> None:
    assert DateField(required=False).clean(["", "", ""]) is None


def test_it_asks_for_a_date_when_nothing_was_sent() -> None:
    assert [code for code, _ in refusal(DateField(), None)] == ["required"]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (["27", "3", "51"], ["year"]),
        (["", "3", "1951"], ["day"]),
        (["27", "maart", "1951"], ["month"]),
        (["", "", "1951"], ["day", "month"]),
        (["٢٧", "3", "1951"], ["day"]),
        (["-1", "3", "1951"], ["day"]),
        (["32", "13", "1951"], ["day", "month"]),
        (["0", "0", "1951"], ["day", "month"]),
        (["31", "2", "2026"], ["day"]),
        (["1", "1", "0000"], ["year"]),
        (["1" * 100_000, "3", "1951"], ["day"]),
    ],
)
def test_it_says_which_part_of_a_date_is_wrong(typed: list[str], parts: list[str]) -> None:
    assert [code for code, _ in refusal(DateField(), typed)] == parts


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        (["27", "3", "1951"], PartialDate(1951, 3, 27)),
        (["0", "3", "1951"], PartialDate(1951, 3)),
        (["00", "00", "1951"], PartialDate(1951)),
    ],
)
def test_it_takes_a_birth_date_with_an_unknown_day_or_month(typed: list[str], born: PartialDate) -> None:
    assert BirthDateField().clean(typed) == born


@pytest.mark.parametrize("typed", [["27", "0", "1951"], ["30", "2", "1951"]])
def test_it_refuses_a_birth_date_that_cannot_be(typed: list[str]) -> None:
    assert [code for code, _ in refusal(BirthDateField(), typed)] == ["day"]


def test_it_tells_somebody_born_on_a_32nd_about_the_zero() -> None:
    assert refusal(BirthDateField(), ["32", "3", "1951"]) == [
        ("day", "Fill in a day from 1 up to and including 31, or 0 when you do not know it")
    ]


def test_it_never_repeats_an_answer_that_was_not_offered() -> None:
    field = OneOfField(choices=[("one", "One")])
    assert refusal(field, "<b>two</b>") == [("invalid_choice", "Choose one of the answers")]


def test_it_refuses_a_text_of_more_than_two_hundred_characters() -> None:
    assert [code for code, _ in refusal(TextField(), "a" * 201)] == ["max_length"]
