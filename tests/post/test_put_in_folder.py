"""The printer that puts letters in a folder."""

import errno
import hashlib
import json
import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from namens.post import printers
from namens.post.answers import NotTaken, Problem, Taken
from namens.post.printers.folder import FolderPrinter
from tests.post.dying import NOW, STATUS, die_after, die_before
from tests.post.reading import printed
from tests.post.writing import CODE, CODE_LETTER, REFERENCE


def letter() -> bytes:
    return printed(CODE_LETTER).pdf


@pytest.fixture
def printer(tmp_path: Path) -> FolderPrinter:
    return FolderPrinter(tmp_path)


def hand_over(printer: printers.Printer, *, reference: str = REFERENCE) -> Taken | NotTaken:
    return printer.hand_over(reference=reference, pdf=letter(), kind="code", now=NOW)


def standing(root: Path) -> list[str]:
    """Every letter in the folder, wherever it stands."""
    return sorted(str(found.parent.relative_to(root)) for found in root.rglob("letter.pdf"))


def test_it_puts_the_letter_ready(printer: FolderPrinter, tmp_path: Path) -> None:
    assert hand_over(printer) == Taken()
    assert (tmp_path / "ready" / REFERENCE / "letter.pdf").read_bytes() == letter()


def test_it_tells_the_print_house_what_it_needs_and_nothing_about_anybody(
    printer: FolderPrinter, tmp_path: Path
) -> None:
    hand_over(printer)
    written = (tmp_path / "ready" / REFERENCE / "manifest.json").read_text()
    assert json.loads(written) == {
        "reference": REFERENCE,
        "kind": "code",
        "pages": 1,
        "sha256": hashlib.sha256(letter()).hexdigest(),
        "made_at": "2026-11-26T10:00:00+00:00",
    }
    assert not [secret for secret in ("Anna", "Bram", CODE.reveal(), CODE.symbols) if secret in written]


def test_it_lets_nobody_else_on_the_machine_read(printer: FolderPrinter, tmp_path: Path) -> None:
    hand_over(printer)
    letter = tmp_path / "ready" / REFERENCE
    assert [path.stat().st_mode & 0o007 for path in (letter, letter / "letter.pdf", letter / "manifest.json")] == [
        0
    ] * 3


def test_it_makes_no_second_one_of_a_letter_that_is_ready(printer: FolderPrinter, tmp_path: Path) -> None:
    hand_over(printer)
    made = (tmp_path / "ready" / REFERENCE / "letter.pdf").stat()
    assert hand_over(printer) == Taken()
    assert (tmp_path / "ready" / REFERENCE / "letter.pdf").stat() == made
    assert standing(tmp_path) == [f"ready/{REFERENCE}"]


def test_it_makes_no_second_one_of_a_letter_that_was_taken(printer: FolderPrinter, tmp_path: Path) -> None:
    hand_over(printer)
    (tmp_path / "ready" / REFERENCE).rename(tmp_path / "taken" / REFERENCE)
    assert hand_over(printer) == Taken()
    assert standing(tmp_path) == [f"taken/{REFERENCE}"]


@pytest.mark.parametrize("die", [die_before, die_after])
def test_it_prints_once_when_it_is_killed_around_the_rename(
    printer: FolderPrinter, tmp_path: Path, die: Callable[[Path, str, bytes], None]
) -> None:
    process = multiprocessing.get_context("spawn").Process(target=die, args=(tmp_path, REFERENCE, letter()))
    process.start()
    process.join()
    assert process.exitcode == STATUS
    assert hand_over(printer) == Taken()
    assert standing(tmp_path) == [f"ready/{REFERENCE}"]


def test_it_clears_away_what_others_left_half_made(printer: FolderPrinter, tmp_path: Path) -> None:
    (tmp_path / ".making-another").mkdir()
    (tmp_path / ".making-another" / "letter.pdf").write_bytes(b"%PDF")
    hand_over(printer)
    assert not (tmp_path / ".making-another").exists()


def test_it_makes_one_letter_when_many_threads_bring_the_same(printer: FolderPrinter, tmp_path: Path) -> None:
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(hand_over(printer))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [Taken()] * 8
    assert standing(tmp_path) == [f"ready/{REFERENCE}"]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.ENOSPC, Problem.DISK_FULL),
        (errno.EDQUOT, Problem.DISK_FULL),
        (errno.EROFS, Problem.NOT_WRITABLE),
        (errno.EACCES, Problem.NOT_WRITABLE),
        (errno.EIO, Problem.FAILING),
    ],
)
def test_it_leaves_nothing_half_written_when_the_disk_does_not_take_it(
    printer: FolderPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, problem: Problem
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(number, f"no room for {descriptor}")

    with monkeypatch.context() as patch:
        patch.setattr("namens.post.printers.folder.os.fsync", fail)
        assert hand_over(printer) == NotTaken(problem, again=True)
    assert [path.name for path in tmp_path.rglob("*") if path.name not in ("ready", "taken")] == []
    assert hand_over(printer) == Taken()


def test_it_says_that_its_folder_is_missing_and_makes_none(tmp_path: Path) -> None:
    absent = tmp_path / "not-mounted"
    assert hand_over(FolderPrinter(absent)) == NotTaken(Problem.FOLDER_MISSING, again=True)
    assert not absent.exists()


def test_it_says_that_its_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert hand_over(FolderPrinter(tmp_path / "file")) == NotTaken(Problem.FOLDER_MISSING, again=True)


@pytest.mark.parametrize("reference", ["", "../up", "a/b", ".making-x", "-x", "a b", "a" * 81, "a\n"])
def test_it_refuses_a_reference_that_is_no_name(printer: FolderPrinter, tmp_path: Path, reference: str) -> None:
    with pytest.raises(ValueError, match="letters, digits and dashes"):
        hand_over(printer, reference=reference)
    assert list(tmp_path.iterdir()) == []


def test_it_is_the_printer_of_the_settings(tmp_path: Path) -> None:
    with override_settings(PRINTER="folder", PRINTER_FOLDER=tmp_path):
        assert hand_over(printers.from_settings()) == Taken()
    assert standing(tmp_path) == [f"ready/{REFERENCE}"]
