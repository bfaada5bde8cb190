"""What the lessons say: complete in every language, short sentences, and words that really stand on the screen."""

import re
from collections.abc import Iterator

import pytest
import yaml
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from namens.pages.lessons import cards, library
from namens.pages.lessons.reading import Block, BlockKind, Lesson
from namens.pages.lessons.words import Kind, Line, Piece
from tools import places, translations
from tools.catalogues import parse

LANGUAGES = sorted(folder.name for folder in library.CONTENT.iterdir() if folder.is_dir())
MOST_WORDS = {"nl": 15, "en": 20}
# Ends a sentence: also a colon, behind which a list or a remark of its own begins, and the end of what somebody says.
END = re.compile(r"(?<=[.!?:])[”)]?\s+")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
GLOSSARY = places.ROOT / "docs" / "glossary.md"
PICTOGRAMS = places.ROOT / "assets" / "src" / "pictograms.svg"


def lessons(language: str) -> list[Lesson]:
    with translation.override(language):
        return [library.lesson(slug) for slug in library.slugs()]


def lines(language: str) -> Iterator[tuple[str, Line]]:
    """Every line of every lesson and card, with where it stands."""
    for lesson in lessons(language):
        yield lesson.slug, lesson.lead
        yield from ((lesson.slug, part.heading) for part in lesson.parts)
        yield from ((lesson.slug, line) for block in lesson.blocks for line in block.lines)
    with translation.override(language):
        for card in cards.every():
            yield card.slug, card.lead
            yield from ((card.slug, line) for row in card.rows for line in (row.words, *row.sentences))


def pieces(language: str, kind: Kind) -> Iterator[tuple[str, Piece]]:
    return ((slug, piece) for slug, line in lines(language) for piece in line.pieces if piece.kind is kind)


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text for people, as plain words: lines, titles, groups and the glossary."""
    with translation.override(language):
        yield from ((slug, line.plain) for slug, line in lines(language))
        yield from ((lesson.slug, lesson.title) for lesson in lessons(language))
        yield from (("groups", text) for group in library.groups() for text in (group.heading, group.sentence))
        yield from (("glossary", term.meaning) for term in library.terms())


def shape(block: Block) -> object:
    """What must be the same in every language; the words are not."""
    targets = sorted(piece.target for line in block.lines for piece in line.pieces if piece.kind is Kind.LINK)
    return block.kind, len(block.lines), block.name, targets, [shape(one) for one in block.answer]


def test_it_has_lessons_in_every_language_that_the_pages_speak() -> None:
    assert sorted(code for code, _ in settings.LANGUAGES) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_lists_every_file_and_has_every_listed_one(language: str) -> None:
    files = {path.stem for path in (library.CONTENT / language).glob("*.md")}
    assert files == set(library.slugs())
    assert len(library.slugs()) == len(set(library.slugs()))


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "nl"])
def test_it_tells_the_same_in_every_language(language: str) -> None:
    for ours, theirs in zip(lessons("nl"), lessons(language), strict=True):
        assert [part.id for part in ours.parts] == [part.id for part in theirs.parts], ours.slug
        assert [shape(one) for one in ours.blocks] == [shape(one) for one in theirs.blocks], ours.slug


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "nl"])
def test_it_has_the_same_cards_in_every_language(language: str) -> None:
    def built(code: str) -> list[object]:
        with translation.override(code):
            return [
                (card.slug, card.is_numbered, [(row.pictogram, len(row.sentences)) for row in card.rows])
                for card in cards.every()
            ]

    assert built(language) == built("nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_writes_short_sentences(language: str) -> None:
    sentences = [(slug, sentence) for slug, text in texts(language) for sentence in END.split(text)]
    assert len(sentences) > 500
    assert [one for one in sentences if len(one[1].split()) > MOST_WORDS[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_only_what_stands_on_a_screen(language: str) -> None:
    said = (
        text
        for message in parse(translations.PO.read_text(encoding="utf-8"))
        if message.id
        for text in [message.string if language == "nl" else message.id]
        if isinstance(text, str) and len(PLACEHOLDER.sub("", text)) > 2
    )
    on_screen = re.compile("|".join(".+".join(map(re.escape, PLACEHOLDER.split(text))) for text in said))
    named = {(slug, piece.words) for slug, piece in pieces(language, Kind.SCREEN)}
    assert {one for one in named if not on_screen.fullmatch(one[1])} == set()
    assert not on_screen.fullmatch("Nergens")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_links_to_what_exists(language: str) -> None:
    with translation.override(language):
        for slug, piece in pieces(language, Kind.LINK):
            assert piece.url.startswith("/"), slug
            kind, _, name = piece.target.partition(":")
            assert kind == "page" or {"lesson": library.lesson, "card": cards.card}[kind](name), slug


def test_it_keeps_the_glossary_of_programmers_and_of_people_together() -> None:
    documented = {
        word.strip() for row in re.findall(r"^\| (.+?) \|", GLOSSARY.read_text(), re.M) for word in row.split(",")
    }
    listed = yaml.safe_load((library.CONTENT / "glossary.yaml").read_text(encoding="utf-8"))
    assert {one["id"] for one in listed} - documented == set()
    assert all(one.keys() == {"id", *LANGUAGES} for one in listed)


def test_it_draws_every_pictogram() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', PICTOGRAMS.read_text(encoding="utf-8")))
    assert {row.pictogram for card in cards.every() for row in card.rows} == drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_every_picture_and_none_that_nothing_shows(language: str) -> None:
    shown = {one.name for lesson in lessons(language) for one in lesson.blocks if one.kind is BlockKind.PICTURE}
    made = {path.stem for path in (places.ROOT / "assets" / "lessons" / language).glob("*.webp")}
    assert made == shown


def test_it_keeps_all_pictures_together_small() -> None:
    sizes = [path.stat().st_size for path in (places.ROOT / "assets" / "lessons").rglob("*.webp")]
    assert sum(sizes) < 2_000_000


def test_it_gives_every_lesson_an_address() -> None:
    assert reverse("pages:lesson", args=["stoppen"]) == "/uitleg/stoppen"
