"""Names and addresses that try to be something else than text."""

import unicodedata
from dataclasses import replace

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from namens.post import typeface, window
from namens.post.letters import AnyLetter, Recipient
from namens.post.typeface import MISSING
from tests.post.reading import Paper, printed
from tests.post.writing import CODE_LETTER, CONFIRMATION, ENDING, OVERVIEW, REMINDER

LITERAL = [
    '#set page(paper: "a3")',
    "#panic()",
    "$x^2$",
    "*vet* _schuin_ `code`",
    "@verwijzing <label>",
    "\\ \\u{41} ~ -- ---",
    "= Kop",
    "- lijst / term: 1. een",
    "// weg /* weg */",
    "]] }} ))",
    "\"aangehaald\" 'enkel' “krom”",
    "<script>alert(1)</script> &amp;",
    "%(helper)s {0} %d %%",
    "Şükrü Çağlar İnönü",
    "Ğüłżāšķå Ñandú Ðorđe",
    "Jan-Willem van 't Hoff-d'Ancona",
]
SHOWN = {
    "Anna 😀 de Vries": f"Anna {MISSING} de Vries",
    "👩‍👩‍👧": MISSING * 3,
    "abc\u202edef\u202c": "abcdef",
    "Al\u200fif\u2067": "Alif",
    "tab\tregel\neinde": "tab regel einde",
    "nul\x00bel\x07": "nulbel",
    "\ud83d half": f"{MISSING} half",
    "สมชาย": MISSING * 5,
    "e\u0301": "é",
}


@pytest.fixture(scope="module")
def face() -> typeface.Typeface:
    return typeface.load(settings.LETTER_FONTS)


def with_name(name: str) -> Paper:
    recipient = replace(CODE_LETTER.recipient, name=name)
    return printed(replace(CODE_LETTER, helper=name, recipient=recipient))


@pytest.mark.parametrize("name", LITERAL)
def test_it_shows_the_name_as_it_is(name: str) -> None:
    assert f"Beste {name}," in with_name(name).text
    assert f"{name} wil u graag helpen." in with_name(name).text


@pytest.mark.parametrize("name", SHOWN)
def test_it_shows_a_sign_for_what_the_typeface_lacks_and_leaves_out_what_steers(name: str) -> None:
    assert f"{SHOWN[name]} wil u graag helpen." in with_name(name).text


@pytest.mark.parametrize("name", ["W" * 200, "Van den " * 25, "i" * 200, "-" * 200, "א" * 200])
def test_it_keeps_a_very_long_name_on_the_paper(name: str) -> None:
    for letter in (CONFIRMATION, replace(CONFIRMATION, large_print=True)):
        paper = printed(replace(letter, helper=name, recipient=replace(letter.recipient, name=name)))
        outside = [symbol for page in range(paper.pages) for symbol in paper.symbols(page) if symbol.right > 192]
        assert outside == []


@pytest.mark.parametrize("name", [*LITERAL, *SHOWN, "W" * 200, "Van den " * 25])
def test_it_keeps_any_name_in_the_window(name: str) -> None:
    box = (window.LEFT, window.TOP, window.LEFT + window.WIDTH, window.TOP + window.HEIGHT)
    recipient = Recipient(name, ("Calle de la Constitución 123, piso 7", "28001 Madrid", name), "Spanje")
    paper = printed(replace(CODE_LETTER, recipient=recipient))
    seen = [symbol for symbol in paper.symbols() if symbol.touches(0, 47, 123, 93)]
    assert [symbol for symbol in seen if not symbol.lies_in(*box)] == []


def test_it_shows_that_a_line_was_cut(face: typeface.Typeface) -> None:
    lines = window.lines_of(Recipient("W" * 200, ("Dorpsstraat 1", "1234 AB ONS DORP")), typeface=face)
    assert lines[1].text.endswith("…")


def test_it_puts_a_long_name_on_two_lines_when_there_is_room(face: typeface.Typeface) -> None:
    name = "Wilhelmina Alexandra van Oranje-Nassau tot Lippe"
    lines = window.lines_of(Recipient(name, ("Dorpsstraat 1", "1234 AB ONS DORP")), typeface=face)
    assert " ".join(line.text for line in lines[1:3]) == name
    assert {line.size for line in lines} == {10.0}


def test_it_has_at_most_six_lines(face: typeface.Typeface) -> None:
    recipient = Recipient("Van den " * 9, ("een", "twee", "drie"), "Spanje")
    assert len(window.lines_of(recipient, typeface=face)) == 6


def test_it_puts_two_spaces_after_a_postcode(face: typeface.Typeface) -> None:
    lines = window.lines_of(Recipient("Anna", ("Dorpsstraat 1", "1234 AB ONS DORP")), typeface=face)
    assert lines[-1].text == "1234 AB  ONS DORP"


@pytest.mark.parametrize("letter", [ENDING, REMINDER, OVERVIEW], ids=lambda letter: letter.kind)
def test_it_prints_every_kind_for_a_hostile_name(letter: AnyLetter) -> None:
    name = "".join([*LITERAL, *SHOWN])
    changed = replace(letter, recipient=replace(CODE_LETTER.recipient, name=name))
    assert printed(changed).pages >= 1


@given(text=st.text(max_size=300))
def test_it_fits_any_text(text: str) -> None:
    face = typeface.load(settings.LETTER_FONTS)
    fitted = face.fit(text)
    assert face.fit(fitted) == fitted
    assert not [one for one in fitted if unicodedata.category(one) in ("Cc", "Cf", "Cs")]


@given(name=st.text(min_size=1, max_size=200))
@hypothesis_settings(max_examples=60, deadline=None)
def test_it_prints_any_name(name: str) -> None:
    recipient = Recipient(name, (name,), name)
    assert printed(replace(CODE_LETTER, recipient=recipient, helper=name)).pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["שלום כהן", "עמר", "عمر خالد", "محمّد"])
def test_it_prints_a_name_in_hebrew_or_arabic(name: str) -> None:
    paper = with_name(name)
    assert MISSING not in paper.text
    drawn = [symbol for symbol in paper.symbols() if unicodedata.bidirectional(symbol.text[:1] or " ") in {"R", "AL"}]
    assert len(drawn) >= 3 * 2
