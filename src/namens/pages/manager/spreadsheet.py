"""A file that somebody's spreadsheet wrote: which encoding, which separator, and the cells in it. And the way back.

A cell that begins like a formula is data here. On the way out it gets an apostrophe in front, so that no spreadsheet
runs it; on the way in that apostrophe goes again.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from namens.pages.uploads import MOST

LARGEST = MOST
MOST_LINES = 10_000
MOST_COLUMNS = 100
SEPARATORS = ";,\t"
_OTHER_PROGRAMS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NAMED_SEPARATOR = re.compile(r"\"?sep=([;,\t|])\"?\s*", re.IGNORECASE)
_LIKE_A_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


class FileProblem(StrEnum):
    """Why nothing of a file can be used."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    OTHER_PROGRAM = "other-program"
    NOT_TEXT = "not-text"
    BROKEN = "broken"
    NO_COLUMNS = "no-columns"
    NO_LINES = "no-lines"
    TOO_MANY_LINES = "too-many-lines"
    TOO_MANY_COLUMNS = "too-many-columns"


class Unreadable(Exception):
    """Nothing of this file can be used. `about` names what is missing."""

    def __init__(self, problem: FileProblem, about: Sequence[str] = ()) -> None:
        super().__init__(problem)
        self.problem, self.about = problem, tuple(about)


@dataclass(frozen=True)
class Table:
    """The names of the columns, and the lines with the numbers that a spreadsheet gives them. No empty lines.

    No line has more cells than there are columns.
    """

    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read(content: bytes) -> Table:
    """Read a file. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(FileProblem.TOO_LARGE)
    text = decode(content)
    try:
        rows = [(number, tuple(_tidy(row))) for number, row in enumerate(_rows(text), start=1)]
    except csv.Error:
        raise Unreadable(FileProblem.BROKEN) from None
    filled = [(number, row) for number, row in rows if any(row)]
    if filled and filled[0][1][0].lower().startswith("sep="):
        filled = filled[1:]
    if not filled:
        raise Unreadable(FileProblem.EMPTY)
    if len(filled) > MOST_LINES + 1:
        raise Unreadable(FileProblem.TOO_MANY_LINES)
    header = _without_empty_end(filled[0][1])
    if len(header) > MOST_COLUMNS:
        raise Unreadable(FileProblem.TOO_MANY_COLUMNS)
    return Table(header=header, lines=tuple((number, row[: len(header)]) for number, row in filled[1:]))


def decode(content: bytes) -> str:
    """Give the text: UTF-8, UTF-16 or Windows-1252. Raises Unreadable for what is no text."""
    if content.startswith(_OTHER_PROGRAMS):
        raise Unreadable(FileProblem.OTHER_PROGRAM)
    for name in _encodings(content):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise Unreadable(FileProblem.NOT_TEXT)


def write(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as every spreadsheet reads them: UTF-8 with its mark, semicolons, nothing that runs."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + file.getvalue().encode()


def guarded(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Give a cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell


def _encodings(content: bytes) -> list[str]:
    """Give the encodings to try. A NUL beside each letter means UTF-16 that lost its mark."""
    marked = [name for mark, name in _MARKS if content.startswith(mark)]
    if marked:
        return marked
    head = content[:1000]
    if b"\0" in head:
        return ["utf-16-le" if head[1:2] == b"\0" else "utf-16-be"]
    return ["utf-8", "cp1252"]


def _rows(text: str) -> Iterable[list[str]]:
    # Strict: a quote that never ends must not swallow the lines after it.
    return csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)


def _separator(text: str) -> str:
    """Give the separator that the first line names, or has most of outside quotes."""
    first = next((line for line in text.splitlines() if line.strip(SEPARATORS + " ")), "")
    named = _NAMED_SEPARATOR.fullmatch(first)
    if named:
        return named[1]
    unquoted = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=unquoted.count)


def _without_empty_end(row: Sequence[str]) -> tuple[str, ...]:
    """Give a row without the empty cells behind the last one that is filled in."""
    filled = [number for number, cell in enumerate(row, start=1) if cell]
    return tuple(row[: filled[-1]] if filled else ())


def _tidy(row: Sequence[str]) -> list[str]:
    return [unguarded(cell.strip(" \u00a0\u200b\ufeff")) for cell in row]
