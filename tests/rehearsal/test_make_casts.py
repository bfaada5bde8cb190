"""Casts: sound numbers, nothing of somebody else's, one for each visitor, and a code for another browser."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rehearsal import people
from rehearsal.organisations import is_kvk_number
from rehearsal.people import passes_eleven_test
from rehearsal.practice import casts
from rehearsal.practice.book import Book, Visitor
from rehearsal.practice.casts import Cast

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def stocked(book: Book, count: int) -> list[Cast]:
    made = [casts.invent(claim=book.claim, today=TODAY) for _ in range(count)]
    for cast in made:
        book.add(cast)
    return made


def arrived(book: Book, *, group: str = "") -> Visitor:
    visitor = book.arrive(group=group, now=NOW)
    assert book.give_cast(visitor, now=NOW)
    return visitor


def test_it_makes_numbers_that_pass_their_tests(book: Book) -> None:
    [cast] = stocked(book, 1)
    assert all(passes_eleven_test(one.bsn) and one.bsn.startswith("9999") for one in cast.people.values())
    assert is_kvk_number(cast.organisation.kvk)
    assert cast.organisation.kvk.startswith("00")


def test_it_makes_adults_and_a_couple_at_one_address_without_digid(book: Book) -> None:
    [cast] = stocked(book, 1)
    assert all(date.fromisoformat(one.born).year < TODAY.year - 18 for one in cast.people.values())
    assert cast.elder.address == cast.partner.address
    assert (cast.elder.partner, cast.partner.partner) == (cast.partner.bsn, cast.elder.bsn)
    assert people.People(tuple(cast.people.values())).with_digid == (cast.client, cast.helper)


def test_it_shares_no_number_address_or_name_of_an_organisation_between_casts(book: Book) -> None:
    made = stocked(book, 20)
    numbers = [number for cast in made for number in cast.numbers]
    homes = {cast.id: {one.address.line2[:6] for one in cast.people.values()} for cast in made}
    assert len(set(numbers)) == len(numbers)
    assert sum(map(len, homes.values())) == len(set().union(*homes.values()))
    assert len({cast.organisation.name for cast in made}) == len(made)


def test_it_reads_a_cast_as_it_was_kept(book: Book) -> None:
    [cast] = stocked(book, 1)
    assert casts.from_json(cast.to_json()) == cast
    assert {book.cast_with(number) for number in cast.numbers} == {cast}
    assert book.cast_with("999990019") is None


def test_it_gives_no_cast_to_two_who_come_at_the_same_moment(book: Book) -> None:
    stocked(book, 12)
    with ThreadPoolExecutor(12) as together:
        visitors = list(together.map(lambda _: arrived(book), range(12)))
    got = {cast.id for visitor in visitors if (cast := book.cast_of(visitor))}
    assert len(got) == 12
    assert book.ready() == 0


def test_it_says_when_nothing_is_ready(book: Book) -> None:
    assert not book.give_cast(book.arrive(group="", now=NOW), now=NOW)


def test_it_gives_other_people_and_never_the_old_ones_to_somebody_else(book: Book) -> None:
    stocked(book, 2)
    visitor = arrived(book)
    first = book.cast_of(visitor)
    assert book.give_cast(visitor, now=NOW)
    assert book.cast_of(visitor) not in (None, first)
    assert not book.give_cast(book.arrive(group="", now=NOW), now=NOW)


def test_it_knows_a_browser_by_its_secret_only(book: Book, tmp_path: Path) -> None:
    stocked(book, 1)
    visitor = arrived(book)
    token = book.open_browser(visitor)
    assert book.visitor(token) == visitor
    for wrong in ("", visitor.id, visitor.code, token[:-1], token + "x"):
        assert book.visitor(wrong) is None
    assert all(token.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_it_finds_a_visitor_by_the_code_as_people_type_it(book: Book) -> None:
    visitor = book.arrive(group="", now=NOW)
    typed = f" {visitor.code[:5].lower()}-{visitor.code[5:]}"
    assert book.visitor_with(typed) == visitor
    assert book.visitor_with("") is None


def test_it_keeps_how_far_somebody_is_and_that_it_was_finished_once(book: Book) -> None:
    [cast] = stocked(book, 1)
    visitor = arrived(book)
    book.begin(visitor, exercise="stoppen", cast=cast, now=NOW)
    book.note(visitor, exercise="stoppen", steps=3, finished_at=NOW)
    book.begin(visitor, exercise="stoppen", cast=cast, now=NOW)
    run = book.runs(visitor)["stoppen"]
    assert (run.steps, run.finished_at) == (0, NOW)


def test_it_gives_a_trainer_one_group_and_counts_who_joins(book: Book) -> None:
    trainer = book.arrive(group="", now=NOW)
    code = book.make_group(trainer)
    assert book.make_group(trainer) == code
    assert book.find_group(f"{code[:3]}-{code[3:]}".lower()) == code
    members = [book.arrive(group=code, now=NOW) for _ in range(2)]
    assert set(book.members(code)) == set(members)
    assert book.group_of(members[0]) == ""
