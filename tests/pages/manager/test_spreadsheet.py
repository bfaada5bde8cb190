"""Reading what spreadsheets write: encodings, separators, quotes, empty lines, formulas; and refusing what is none."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.pages.manager import spreadsheet
from namens.pages.manager.spreadsheet import (
    LARGEST,
    MOST_COLUMNS,
    MOST_LINES,
    FileProblem,
    Unreadable,
    guarded,
    read,
    unguarded,
)

ROWS = "voornaam;achternaam\r\nZoë;Müller\r\n"
EXPECTED = (("voornaam", "achternaam"), ((2, ("Zoë", "Müller")),))
FORMULAS = ["=cmd|' /C calc'!A0", "+31612345678", "-1", "@SUM(A1)", "\t=1", "'=1", "''=1", "＝1", "'t Hart", "'", "="]  # noqa: RUF001 - also the wide one


def refusal(content: bytes) -> FileProblem:
    with pytest.raises(Unreadable) as unreadable:
        read(content)
    return unreadable.value.problem


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("cp1252"),
        ROWS.encode("utf-16"),
        codecs.BOM_UTF16_BE + ROWS.encode("utf-16-be"),
        ROWS.encode("utf-16-le"),
        ROWS.encode("utf-16-be"),
    ],
)
def test_it_reads_every_encoding(content: bytes) -> None:
    table = read(content)
    assert (table.header, table.lines) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        ROWS.replace(";", ","),
        ROWS.replace(";", "\t"),
        "sep=;\r\n" + ROWS,
        "sep=,\n" + ROWS.replace(";", ","),
        ROWS.replace("\r\n", "\n"),
        ROWS.replace("\r\n", "\r"),
        '"voornaam";"achternaam"\r\n"Zoë";"Müller"',
        " voornaam ; achternaam\u00a0\r\n Zoë;Müller ",
    ],
)
def test_it_reads_every_separator_and_line_end(text: str) -> None:
    table = read(text.encode())
    assert (table.header, [cells for _number, cells in table.lines]) == (EXPECTED[0], [("Zoë", "Müller")])


def test_it_gives_lines_the_numbers_of_the_spreadsheet_and_leaves_empty_ones_out() -> None:
    table = read(b"a;b\r\n\r\n;;\r\n1;2\r\n\r\n3;4\r\n")
    assert [number for number, _cells in table.lines] == [4, 6]


def test_it_reads_quotes_with_everything_in_them() -> None:
    table = read(b'a;b\n"x;y";"say ""hi"""\n"two\nlines";z\n')
    assert [cells for _number, cells in table.lines] == [("x;y", 'say "hi"'), ("two\nlines", "z")]


def test_it_does_not_let_a_quote_swallow_the_lines_after_it() -> None:
    assert refusal(b'a;b\n"x;y\n1;2\n3;4\n') == FileProblem.BROKEN
    assert refusal(b'a;b\n"x" y;z\n') == FileProblem.BROKEN


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b"\r\n;;\r\n", FileProblem.EMPTY),
        (b"PK\x03\x04rest", FileProblem.OTHER_PROGRAM),
        (b"\xd0\xcf\x11\xe0rest", FileProblem.OTHER_PROGRAM),
        (b"%PDF-1.7", FileProblem.OTHER_PROGRAM),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileProblem.NOT_TEXT),
        (b"a;b\n\x81\x8d;x", FileProblem.NOT_TEXT),
        (b"a;b\n\x1b[0m;x", FileProblem.NOT_TEXT),
        (b"a" * (LARGEST + 1), FileProblem.TOO_LARGE),
        (b"a" * 200_000, FileProblem.BROKEN),
        (b"a;b\n" + b"1;2\n" * (MOST_LINES + 1), FileProblem.TOO_MANY_LINES),
        (b"a;" * (MOST_COLUMNS + 1) + b"\n1;2\n", FileProblem.TOO_MANY_COLUMNS),
    ],
)
def test_it_refuses_what_it_cannot_use(content: bytes, problem: FileProblem) -> None:
    assert refusal(content) == problem


@pytest.mark.parametrize("cell", FORMULAS)
def test_it_writes_no_cell_that_a_spreadsheet_runs_and_reads_it_back_the_same(cell: str) -> None:
    assert guarded(cell)[0] not in "=+-@\t\r＝"  # noqa: RUF001 - also the wide one
    assert unguarded(guarded(cell)) == cell


def test_it_leaves_names_with_an_apostrophe_alone() -> None:
    assert guarded("'t Hart") == unguarded("'t Hart") == "'t Hart"


ANY = "=+-@'\"; ,éxX1\u2028"


@given(st.lists(st.text(ANY, max_size=6).map(lambda cell: cell.strip(" ")), min_size=2, max_size=5))
def test_it_reads_back_what_it_wrote(cells: list[str]) -> None:
    table = read(spreadsheet.write([["a"] * len(cells), ["x", *cells[1:]]]))
    assert table.lines == ((2, ("x", *cells[1:])),)


@given(st.binary(max_size=300))
def test_it_never_falls_over(content: bytes) -> None:
    try:
        read(content)
    except Unreadable:
        return


def test_it_makes_no_line_as_wide_as_a_header_of_a_million_empty_cells() -> None:
    table = read(b"a;b" + b";" * 1_000_000 + b"\n1;2;3;4\n")
    assert (table.header, table.lines) == (("a", "b"), ((2, ("1", "2")),))
