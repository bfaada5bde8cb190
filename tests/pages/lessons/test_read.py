"""From a file to a lesson: strictly, and never as HTML of somebody else."""

import pytest
from django.utils import translation

from namens.pages.lessons.reading import BlockKind, read
from namens.pages.lessons.words import Unreadable, line

LESSON = """# Stoppen

Stoppen kan altijd.

## Zo gaat het {#steps}

1. Kies *Stoppen*.
2. Lees de vraag
  tot het eind.

> Gestopt is gestopt.

![Een knop](stop)

### Moet dat?

Nee. [Lees meer](lesson:vragen).

- punt

## Daarna {#then}

Niets.
"""


def wrong(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(text, slug="stoppen", language="nl")
    return str(caught.value)


def test_it_reads_a_title_a_first_sentence_and_parts() -> None:
    lesson = read(LESSON, slug="stoppen", language="nl")
    assert (lesson.title, lesson.lead.plain) == ("Stoppen", "Stoppen kan altijd.")
    assert [part.id for part in lesson.parts] == ["steps", "then"]
    steps, mind, picture, question = lesson.parts[0].blocks
    assert [one.plain for one in steps.lines] == ["Kies Stoppen.", "Lees de vraag tot het eind."]
    assert (mind.kind, picture.name) == (BlockKind.MIND, "stop")
    assert [one.kind for one in question.answer] == [BlockKind.PARAGRAPH, BlockKind.POINTS]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("# Stoppen", "Stoppen", "the first line is not a title"),
        (" {#steps}", "", "not a heading with an id"),
        ("{#then}", "{#steps}", "the same id"),
        ("2. Lees", "3. Lees", "not an item of this list"),
        ("Niets.", "| a | b |", "means nothing here"),
        ("Niets.", "Meer <b>vet</b>.", "cannot read"),
        ("Niets.", "Binnen {some_days} dagen.", "cannot read"),
        ("Niets.", "[Weg](https://example.com)", "cannot read"),
        ("Niets.", "", "nothing under it"),
        ("Nee. [Lees meer](lesson:vragen).\n\n- punt\n\n", "", "without an answer"),
    ],
)
def test_it_refuses_what_has_no_meaning_and_says_where(old: str, new: str, problem: str) -> None:
    said = wrong(LESSON.replace(old, new))
    assert said.startswith("nl/stoppen.md: ")
    assert problem in said


def test_it_shows_words_of_the_screen_and_links_and_escapes_the_rest() -> None:
    shown = line("A & B: kies *Stop & ga*, zie [dit](lesson:stoppen) en [dat](card:stoppen).").__html__()
    assert shown == (
        'A &amp; B: kies <strong class="namens-lesson__screen">Stop &amp; ga</strong>, zie '
        '<a class="nl-link" href="/uitleg/stoppen">dit</a> en '
        '<a class="nl-link" href="/uitleg/kaarten/stoppen">dat</a>.'
    )


@pytest.mark.usefixtures("morning")
def test_it_says_days_and_settings_as_they_are_now() -> None:
    with translation.override("nl"):
        told = line("Binnen {working_days} werkdagen, uiterlijk {letter_by}.").plain
    assert told == "Binnen 5 werkdagen, uiterlijk 30 november 2026."
