"""Which languages there are, how they are told, and that an incomplete one stops the start."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from namens.lib.env import WrongVariable
from namens.lib.languages import KNOWN, LONG, MIRRORED
from namens.lib.variables import spoken
from namens.pages.checks import languages_are_complete
from namens.parties.models import Party
from tests.pages.visiting import Answered, arrive
from tools import catalogues, places

POLISH = [("nl", "Nederlands"), ("pl", "Polski")]
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def found(**changed: object) -> list[str]:
    """Give what the check says."""
    with override_settings(**changed):
        return [str(error.msg) for error in languages_are_complete()]


def whole(answer: Answered) -> str:
    """Give a page with single spaces."""
    return " ".join(answer.content.decode().split())


def with_texts(folder: Path, entries: str) -> list[Path]:
    """Give folders with texts, of which the first has these Polish ones, and the second the list of what is needed."""
    po = folder / "own" / "pl" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(HEADER + entries, encoding="utf-8")
    catalogues.compiled(po)
    needed = [["", "Stop", ""], ["button", "Open", ""], ["", "%(count)s day", "%(count)s days"]]
    (folder / "needed.json").write_text(json.dumps(needed), encoding="utf-8")
    return [folder / "own", folder]


STOP, OPEN = 'msgid "Stop"\nmsgstr "Zatrzymaj"\n\n', 'msgctxt "button"\nmsgid "Open"\nmsgstr "Otwórz"\n\n'
DAYS = 'msgid "%(count)s day"\nmsgid_plural "%(count)s days"\nmsgstr[0] "%(count)s dzień"\nmsgstr[1] "%(count)s dni"\n'


def test_it_starts_with_the_languages_that_are_complete() -> None:
    assert found() == []


def test_it_does_not_start_with_a_language_that_misses_a_text(tmp_path: Path) -> None:
    folders = with_texts(tmp_path, STOP + DAYS)
    assert found(LANGUAGES=POLISH[1:], LOCALE_PATHS=folders) == [
        "pl in NAMENS_LANGUAGES lacks 1 of 3 texts that clients meet; the first is 'Open'"
    ]


def test_it_starts_with_a_language_of_the_deployment_itself(tmp_path: Path) -> None:
    folders = with_texts(tmp_path, STOP + OPEN + DAYS)
    assert found(LANGUAGES=POLISH[1:], LOCALE_PATHS=folders) == []


def test_it_does_not_count_an_empty_text_as_one(tmp_path: Path) -> None:
    folders = with_texts(tmp_path, STOP + DAYS + OPEN.replace("Otwórz", ""))
    assert "lacks 1 of 3" in found(LANGUAGES=POLISH[1:], LOCALE_PATHS=folders)[0]


def test_it_does_not_start_without_the_list_of_what_clients_meet(tmp_path: Path) -> None:
    assert "make setup" in found(LOCALE_PATHS=[tmp_path])[0]


@pytest.mark.parametrize("code", [LONG, MIRRORED])
@pytest.mark.usefixtures("languages")
def test_it_has_no_pseudo_language_where_people_read(code: str) -> None:
    assert found(IS_PRACTICE=True) == []
    assert f"{code} in NAMENS_LANGUAGES is no language that people read" in found(IS_PRACTICE=False)


@pytest.mark.parametrize("codes", [["en"], [], ["nl", "xx"]])
def test_it_wants_dutch_and_only_what_it_knows(codes: list[str]) -> None:
    with pytest.raises(WrongVariable, match="NAMENS_LANGUAGES"):
        spoken("NAMENS_LANGUAGES", codes)


@pytest.mark.usefixtures("languages", "db")
def test_it_tells_each_language_in_its_own_name_and_direction() -> None:
    page = whole(Client().get(reverse("pages:privacy")))
    for code in ("en", MIRRORED):
        one = KNOWN[code]
        assert f'value="{code}" lang="{code}" dir="{one.direction}">{one.name}</button>' in page
    assert 'value="nl"' not in page


@pytest.mark.usefixtures("languages", "db")
def test_it_turns_the_page_around_for_who_reads_from_right_to_left() -> None:
    browser = Client()
    browser.post(reverse("pages:language"), {"language": MIRRORED})
    answer = browser.get(reverse("pages:privacy"))
    assert f'<html lang="{MIRRORED}" dir="rtl">' in whole(answer)
    assert answer["Content-Language"] == MIRRORED


@pytest.mark.usefixtures("languages", "catalogue")
def test_it_speaks_dutch_where_people_work(anna: Party) -> None:
    browser = arrive(anna)
    browser.post(reverse("pages:language"), {"language": MIRRORED})
    answer = browser.get(reverse("pages:work"), follow=True)
    assert answer["Content-Language"] in {"nl", MIRRORED}
    staff = browser.get(reverse("account_login"))
    assert '<html lang="nl" dir="ltr">' in whole(staff)
    assert MIRRORED not in whole(staff)


@pytest.mark.usefixtures("db")
def test_it_writes_in_dutch_when_the_language_of_somebody_was_switched_off(dirk: Party) -> None:
    dirk.person.letter_language = "pl"
    assert dirk.person.reads == "nl"
    with override_settings(LANGUAGES=POLISH):
        assert dirk.person.reads == "pl"


def test_it_styles_without_left_and_right() -> None:
    styles = (places.ROOT / "assets" / "src" / "namens.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    assert (
        re.findall(r"(?:margin|padding|border)-(?:left|right)|\b(?:left|right)\b\s*:|:\s*(?:left|right)\b", rules) == []
    )
