"""Every letter in another language: whole, in the direction of that language, and nothing off the paper."""

from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest
from django.conf import settings

from namens.lib.languages import LONG, MIRRORED
from namens.post import typeface, window
from namens.post.compose import compose
from namens.post.typeface import MISSING
from tests.pages.languages.reading import not_translated
from tests.post.reading import INVISIBLE, printed
from tests.post.writing import LETTERS, SENDER

pytestmark = pytest.mark.usefixtures("languages")

KEPT = {"address", "fonts", "language", "kind", "window"}


def texts_in(part: object) -> Iterator[str]:
    """Give every text in this."""
    if isinstance(part, str):
        yield part.translate(INVISIBLE)
    elif isinstance(part, dict):
        for name, one in part.items():
            yield from () if name in KEPT else texts_in(one)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from texts_in(one)


@pytest.mark.parametrize("name", LETTERS)
def test_it_has_no_word_outside_the_translations(name: str) -> None:
    letter = replace(LETTERS[name], language=LONG)
    data = compose(letter, sender=SENDER, typeface=typeface.load(settings.LETTER_FONTS))
    left = [text for text in texts_in(data) if not_translated(f"<p>{text}</p>")]
    given = {*texts_in(asdict(letter)), *texts_in(asdict(SENDER))}
    assert [text for text in left if text not in given] == []


@pytest.mark.slow
@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("language", [LONG, MIRRORED])
@pytest.mark.parametrize("name", LETTERS)
def test_it_keeps_every_symbol_on_the_paper_and_the_address_in_its_window(
    name: str,
    language: str,
    is_large: bool,  # noqa: FBT001 - pytest fills it in
) -> None:
    paper = printed(replace(LETTERS[name], language=language, large_print=is_large))
    assert MISSING not in paper.text
    for page in range(paper.pages):
        assert [symbol for symbol in paper.symbols(page) if symbol.left < 18 or symbol.right > 192] == []
    box = (window.LEFT, window.TOP, window.LEFT + window.WIDTH, window.TOP + window.HEIGHT)
    seen = [symbol for symbol in paper.symbols() if symbol.touches(0, 47, 123, 93)]
    assert [symbol for symbol in seen if not symbol.lies_in(*box)] == []


@pytest.mark.parametrize("name", LETTERS)
def test_it_says_as_much_from_right_to_left(name: str) -> None:
    """What the typesetter does not know it leaves out; so what is there is counted."""
    there, here = (printed(replace(LETTERS[name], language=language)) for language in (MIRRORED, "en"))
    assert there.tags() == here.tags()


def test_it_begins_a_line_on_the_right_in_a_language_that_runs_so() -> None:
    paper = printed(replace(LETTERS["confirmation"], language=MIRRORED))
    below = [symbol for symbol in paper.symbols() if symbol.top > 100 and symbol.text.strip()]
    assert max(symbol.right for symbol in below) > 184
    assert str(paper.reader.root_object["/Lang"]) == "ar"
