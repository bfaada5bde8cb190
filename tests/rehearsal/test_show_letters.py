"""The letter box: what stands in the print house's folder, per person."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from namens.post.letters import AnyLetter
from namens.post.printers.folder import FolderPrinter
from rehearsal import program
from rehearsal.stage import Settings, build
from tests.post.reading import printed
from tests.post.writing import CODE_LETTER, ENDING_FOR_BRAM, OVERVIEW
from tests.rehearsal.playing import BASE, Direct


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[httpx2.Client]:
    """Somebody who looks at the letters in this folder."""
    stage = build(Settings(letters=tmp_path))
    with httpx2.Client(transport=Direct(program.assemble(stage)), base_url=BASE) as http:
        yield http


def deliver(folder: Path, reference: str, *, letter: AnyLetter = CODE_LETTER, hour: int = 10) -> None:
    made = datetime(2026, 11, 26, hour, 0, tzinfo=UTC)
    FolderPrinter(folder).hand_over(reference=reference, pdf=printed(letter).pdf, kind=letter.kind, now=made)


def test_it_says_that_there_is_no_post(hall: httpx2.Client) -> None:
    assert "Er is nog geen post." in hall.get("/brievenbus").text


def test_it_says_so_too_when_the_folder_is_not_there(tmp_path: Path, hall: httpx2.Client) -> None:
    tmp_path.rmdir()
    assert "Er is nog geen post." in hall.get("/brievenbus").text


def test_it_lists_letters_by_person_with_the_newest_first(tmp_path: Path, hall: httpx2.Client) -> None:
    deliver(tmp_path, "anna-1", hour=9)
    deliver(tmp_path, "bram-1", letter=ENDING_FOR_BRAM, hour=10)
    deliver(tmp_path, "anna-2", letter=OVERVIEW, hour=11)
    page = hall.get("/brievenbus").text
    assert re.findall(r"<h2><bdi>([^<]+)", page) == ["Anna Maria de Vries", "Bram Bakker"]
    assert re.findall(r'href="/brievenbus/([\w-]+)"', page) == ["anna-2", "anna-1", "bram-1"]


def test_it_says_what_a_letter_is_and_when_it_was_made(tmp_path: Path, hall: httpx2.Client) -> None:
    deliver(tmp_path, "anna-1")
    page = hall.get("/brievenbus").text
    assert "Brief met code" in page
    assert "26 november 2026, 11:00" in page
    assert "Dorpsstraat 12 A, 3511 AB UTRECHT" in page


def test_it_shows_every_page_as_a_picture(tmp_path: Path, hall: httpx2.Client) -> None:
    deliver(tmp_path, "anna-1", letter=replace(CODE_LETTER, large_print=True))
    pictures = re.findall(r'src="([^"]+\.png)"', hall.get("/brievenbus/anna-1").text)
    assert len(pictures) == 2
    assert [hall.get(picture).content[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"] * 2


def test_it_opens_the_letter_itself(tmp_path: Path, hall: httpx2.Client) -> None:
    deliver(tmp_path, "anna-1")
    answer = hall.get("/brievenbus/anna-1/brief.pdf")
    assert (answer.headers["content-type"], answer.content) == ("application/pdf", printed(CODE_LETTER).pdf)


def test_it_keeps_showing_what_the_print_house_took(tmp_path: Path, hall: httpx2.Client) -> None:
    deliver(tmp_path, "anna-1")
    (tmp_path / "ready" / "anna-1").rename(tmp_path / "taken" / "anna-1")
    assert "heeft de brief" in hall.get("/brievenbus").text
    assert hall.get("/brievenbus/anna-1").status_code == 200


@pytest.mark.parametrize("missing", ["letter.pdf", "manifest.json"])
def test_it_leaves_out_what_is_emptied(tmp_path: Path, hall: httpx2.Client, missing: str) -> None:
    deliver(tmp_path, "anna-1")
    (tmp_path / "ready" / "anna-1" / missing).unlink()
    assert "Er is nog geen post." in hall.get("/brievenbus").text


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"made_at": 3}'])
def test_it_leaves_out_what_it_cannot_read(tmp_path: Path, hall: httpx2.Client, content: str) -> None:
    deliver(tmp_path, "anna-1")
    (tmp_path / "ready" / "anna-1" / "manifest.json").write_text(content)
    assert "Er is nog geen post." in hall.get("/brievenbus").text


@pytest.mark.parametrize("path", ["absent", "..%2f..", "absent/brief.pdf", "absent/bladzijde-1.png"])
def test_it_shows_nothing_that_is_not_there(hall: httpx2.Client, path: str) -> None:
    assert hall.get(f"/brievenbus/{path}").status_code == 404


@pytest.mark.parametrize("page", [0, 2, 99])
def test_it_has_no_page_beyond_the_last(tmp_path: Path, hall: httpx2.Client, page: int) -> None:
    deliver(tmp_path, "anna-1")
    assert hall.get(f"/brievenbus/anna-1/bladzijde-{page}.png").status_code == 404


def test_it_shows_a_hostile_name_as_text(tmp_path: Path, hall: httpx2.Client) -> None:
    name = "<script>alert(1)</script>"
    deliver(tmp_path, "anna-1", letter=replace(CODE_LETTER, recipient=replace(CODE_LETTER.recipient, name=name)))
    page = hall.get("/brievenbus").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_it_is_found_from_the_front(hall: httpx2.Client) -> None:
    assert 'href="/brievenbus"' in hall.get("/").text
