"""Every letter, in both languages and both sizes, as paper."""

import re
from dataclasses import replace

import pytest
from django.test import override_settings

from namens.post import pdf, window
from namens.post.letters import AnyLetter, Language
from namens.post.typeface import TypefaceAbsent
from tests.post.reading import Paper, printed
from tests.post.writing import ANNA, CODE_LETTER, CONFIRMATION, EVERY_FORM, OVERVIEW, SENDER, TODAY

BOX = (window.LEFT, window.TOP, window.LEFT + window.WIDTH, window.TOP + window.HEIGHT)
# What may show wherever the sheet lies in its envelope, and where NotifyNL looks for an address.
AROUND = (0.0, 47.0, 123.0, 93.0)
PRINTABLE = (5.0, 5.0, 205.0, 292.0)
MOST_PAGES = {False: 2, True: 3}


@pytest.fixture(params=list(EVERY_FORM.values()), ids=list(EVERY_FORM))
def letter(request: pytest.FixtureRequest) -> AnyLetter:
    found: AnyLetter = request.param
    return found


@pytest.fixture
def paper(letter: AnyLetter) -> Paper:
    return printed(letter)


def test_it_is_a4(paper: Paper) -> None:
    for page in paper.reader.pages:
        size = (round(float(page.mediabox.width), 1), round(float(page.mediabox.height), 1))
        assert size == (595.3, 841.9)


def test_it_says_that_screen_readers_can_read_it(paper: Paper) -> None:
    metadata = paper.reader.xmp_metadata
    assert metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata.stream.get_data()


def test_it_has_a_title_and_a_language(letter: AnyLetter, paper: Paper) -> None:
    root, information = paper.reader.root_object, paper.reader.metadata
    assert information is not None
    assert information.title
    assert str(root["/Lang"]) == letter.language
    assert "'/DisplayDocTitle': True" in str(root["/ViewerPreferences"].get_object())


def test_it_has_nobody_in_its_title(paper: Paper) -> None:
    information = paper.reader.metadata
    assert information is not None
    assert not re.search("Anna|Bram|Carla|Vries", str(dict(information)))


def test_it_carries_its_fonts(paper: Paper) -> None:
    fonts = paper.fonts()
    assert fonts
    assert [font["/FontName"] for font in fonts if "/FontFile2" not in font and "/FontFile3" not in font] == []


def test_it_puts_the_address_in_the_window(letter: AnyLetter, paper: Paper) -> None:
    seen = [symbol for symbol in paper.symbols() if symbol.touches(*AROUND)]
    assert [symbol for symbol in seen if not symbol.lies_in(*BOX)] == []
    address = f"{window.MARK}{letter.recipient.name}{''.join(letter.recipient.lines)}"
    assert "".join(symbol.text for symbol in seen) == address.replace(" ", "")


def test_it_stays_within_what_printers_can_print(paper: Paper) -> None:
    for page in range(paper.pages):
        assert [symbol for symbol in paper.symbols(page) if not symbol.lies_in(*PRINTABLE)] == []


def test_it_takes_no_more_pages_than_it_needs(letter: AnyLetter, paper: Paper) -> None:
    assert paper.pages <= MOST_PAGES[letter.large_print]
    assert all(len(text.split()) > 15 for text in paper.page_texts())


def test_it_tags_a_title_then_headings_and_paragraphs(paper: Paper) -> None:
    tags = paper.tags()
    headings = [tag for tag in tags if re.fullmatch(r"H\d?", tag)]
    assert tags[0] == "Document"
    assert headings[0] == "H1"
    assert set(headings[1:]) <= {"H2"}
    assert "P" in tags[: tags.index("H1")]


def test_it_reads_from_the_address_to_the_greeting(letter: AnyLetter, paper: Paper) -> None:
    wanted: dict[str, list[str]] = {
        Language.DUTCH: ["Persoonlijk", "Datum", "26 november 2026", "Kenmerk", "Beste", "Met vriendelijke groet"],
        Language.ENGLISH: ["Persoonlijk", "Date", "26 November 2026", "Reference", "Dear", "Kind regards"],
    }
    places = [paper.text.index(text) for text in wanted[letter.language]]
    assert places == sorted(places)


def test_it_says_whom_to_call_and_when(paper: Paper) -> None:
    assert SENDER.phone in paper.text
    assert "8:00 - 17:00" in paper.text


def test_it_gives_the_same_bytes_again() -> None:
    assert pdf.render(CODE_LETTER, sender=SENDER) == pdf.render(CODE_LETTER, sender=SENDER)


def test_it_writes_larger_in_large_print() -> None:
    def height(paper: Paper) -> float:
        return max(symbol.bottom - symbol.top for symbol in paper.symbols() if symbol.text == "B" and symbol.top > 95)

    normal = printed(replace(CONFIRMATION, large_print=False))
    large = printed(replace(CONFIRMATION, large_print=True))
    assert height(large) >= 1.4 * height(normal)


def test_it_fills_as_many_pages_as_an_overview_needs() -> None:
    many = replace(OVERVIEW, helpers=OVERVIEW.helpers * 20)
    assert printed(many).pages > 3


def test_it_refuses_to_print_without_its_fonts(tmp_path: object) -> None:
    with override_settings(LETTER_FONTS=tmp_path), pytest.raises(TypefaceAbsent, match="make setup"):
        pdf.render(CODE_LETTER, sender=SENDER)


def test_it_refuses_an_address_without_lines() -> None:
    with pytest.raises(ValueError, match="one to three lines"):
        replace(ANNA, lines=())


def test_it_dates_itself_by_its_own_date() -> None:
    information = printed(CODE_LETTER).reader.metadata
    assert information is not None
    assert information.creation_date is not None
    assert information.creation_date.date() == TODAY
