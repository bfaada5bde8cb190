"""The checklists of norms in docs are held against what there is: their tests, their divergences, their pages."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "docs" / name for name in ("openid.md", "authzen.md")]
COLUMNS = ("number", "section", "level", "what it asks", "shown by")
LEVELS = {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"}
# By norm: the letters before its numbers, and how many rows it has. A row that gets lost is noticed here.
NORMS = {
    "OpenID Connect Core 1.0": ("C", 132),
    "NL GOV Assurance profile for OpenID Connect 1.0.1": ("O", 95),
    "NL GOV Assurance profile for OAuth 2.0 1.1.0": ("A", 61),
    "FAPI 2.0 Security Profile": ("F", 49),
    "RFC 9207: issuer identification": ("I", 5),
    "RFC 9101: request objects": ("Q", 16),
    "RFC 9126: pushed requests": ("P", 18),
    "RFC 9449: DPoP": ("D", 25),
    "RFC 8705: mTLS": ("M", 13),
    "RFC 9068: access tokens as JWT": ("J", 13),
    "RFC 7662: introspection": ("N", 9),
    "RFC 7009: revocation": ("R", 9),
    "RFC 9700: best current practice": ("S", 28),
    "OpenID Connect RP-Initiated Logout 1.0": ("L", 15),
    "OpenID Connect Back-Channel Logout 1.0": ("B", 11),
    "OpenID AuthZEN Authorization API 1.0": ("Z", 52),
}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_it_\w+)`")
DIVERGENCE = "divergence: "
DEPLOYMENT = re.compile(r"deployment: (docs/[\w-]+\.md)#([\w-]+)")
# How docs/divergences.md writes the norms of the list.
LISTED = re.compile(
    r"\b(Core|O|A|FAPI 2\.0|RFC (9207|9101|9126|9449|8705|9068|7662|7009|9700)|AuthZEN"
    r"|(RP-Initiated|Back-Channel) Logout) \d"
)
PORTALS = re.compile(r"the portal's: \S.*")


@dataclass(frozen=True)
class Row:
    """One thing that a norm asks."""

    norm: str
    cells: tuple[str, ...]

    @property
    def number(self) -> str:
        return self.cells[0]

    @property
    def level(self) -> str:
        return self.cells[2]

    @property
    def shown(self) -> list[str]:
        return self.cells[-1].split("; ")


def rows_in(page: str) -> Iterator[Row]:
    """Read the tables after the heading Checklist, up to the next one of its rank: one for each heading below it."""
    checklist = page.partition("\n## Checklist\n")[2].partition("\n## ")[0]
    norm = ""
    for line in checklist.splitlines():
        if line.startswith("### "):
            norm = line.removeprefix("### ")
        elif line.startswith("|"):
            cells = cells_of(line)
            if cells != COLUMNS and set("".join(cells)) != {"-"}:
                yield Row(norm=norm, cells=cells)


def cells_of(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


@cache
def functions_in(path: Path) -> frozenset[str]:
    """Give the names of the functions of a file; none for a file that is not there."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def divergences() -> dict[str, str]:
    """Give the norms of each divergence in docs/divergences.md, by what stands in its first cell."""
    page = (ROOT / "docs" / "divergences.md").read_text(encoding="utf-8")
    rows = [cells_of(line) for line in page.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1] for cells in rows}


@cache
def anchors_in(path: Path) -> frozenset[str]:
    """Give the anchors of the headings of a page, as they are written in addresses."""
    if not path.is_file():
        return frozenset()
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings)


def is_shown(way: str) -> bool:
    """Say whether what shows a row is there."""
    if test := TEST.fullmatch(way):
        return test[2] in functions_in(ROOT / test[1])
    if way.startswith(DIVERGENCE):
        return way.removeprefix(DIVERGENCE) in divergences()
    if page := DEPLOYMENT.fullmatch(way):
        return page[2] in anchors_in(ROOT / page[1])
    return PORTALS.fullmatch(way) is not None


def problems(row: Row) -> list[str]:
    """Say what is wrong with a row."""
    if len(row.cells) != len(COLUMNS) or not all(row.cells):
        return [f"{row.number}: a cell is missing or empty"]
    wrong = [] if row.level in LEVELS else [f"{row.number}: {row.level} is no level"]
    return wrong + [f"{row.number}: {way} is not there" for way in row.shown if not is_shown(way)]


@cache
def checklist() -> tuple[Row, ...]:
    return tuple(row for page in PAGES for row in rows_in(page.read_text(encoding="utf-8")))


def numbers_of(norm: str) -> list[str]:
    return [row.number for row in checklist() if row.norm == norm]


def test_it_has_a_table_for_each_norm() -> None:
    assert list(dict.fromkeys(row.norm for row in checklist())) == list(NORMS)


@pytest.mark.parametrize("norm", NORMS)
def test_it_lost_no_row(norm: str) -> None:
    letters, rows = NORMS[norm]
    assert numbers_of(norm) == [f"{letters}{number}" for number in range(1, rows + 1)]


def test_it_shows_each_row_by_what_is_there() -> None:
    assert [problem for row in checklist() for problem in problems(row)] == []


def test_it_hides_no_divergence_from_a_norm_of_the_list() -> None:
    named = {way.removeprefix(DIVERGENCE) for row in checklist() for way in row.shown if way.startswith(DIVERGENCE)}
    assert [what for what, norm in divergences().items() if LISTED.search(norm) and what not in named] == []


def test_it_says_each_thing_once() -> None:
    said = [(row.norm, row.cells[1], row.cells[3]) for row in checklist()]
    assert [one for one in said if said.count(one) > 1] == []


GOOD = ("X1", "2", "MUST", "something", "`tests/test_checklist.py::test_it_says_each_thing_once`")


@pytest.mark.parametrize(
    "cells",
    [
        ("X1", "2", "MUST", "something", ""),
        ("X1", "2", "MUST", "", GOOD[4]),
        ("X1", "2", "MUST", GOOD[4]),
        ("X1", "2", "OUGHT", "something", GOOD[4]),
        (*GOOD[:4], "`tests/test_checklist.py::test_it_was_never_written`"),
        (*GOOD[:4], "`tests/test_nowhere.py::test_it_says_each_thing_once`"),
        (*GOOD[:4], "`tests/test_checklist.py::rows_in`"),
        (*GOOD[:4], "divergence: flying"),
        (*GOOD[:4], "divergence: "),
        (*GOOD[:4], "deployment: docs/openid.md#nowhere"),
        (*GOOD[:4], "deployment: docs/nowhere.md#checklist"),
        (*GOOD[:4], "the portal's"),
        (*GOOD[:4], "somebody will"),
        (*GOOD[:4], f"{GOOD[4]}; divergence: flying"),
    ],
)
def test_it_sees_a_row_that_nothing_shows(cells: tuple[str, ...]) -> None:
    assert problems(Row(norm="X", cells=cells)) != []


@pytest.mark.parametrize(
    "way",
    [
        GOOD[4],
        "divergence: WebFinger",
        "deployment: docs/openid.md#checklist",
        "the portal's: it compares `iss`",
        f"{GOOD[4]}; divergence: WebFinger",
    ],
)
def test_it_knows_what_shows_a_row(way: str) -> None:
    assert problems(Row(norm="X", cells=(*GOOD[:4], way))) == []


def test_it_reads_rows_under_their_norm() -> None:
    page = f"| x | y |\n\n## Checklist\n\n### A\n\n| {' | '.join(COLUMNS)} |\n|---|---|\n| A1 |\n"
    assert list(rows_in(page)) == [Row(norm="A", cells=("A1",))]
