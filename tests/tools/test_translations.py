"""The texts are complete, and the check that says so finds what is wrong."""

import pytest

from tools import translations

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: nl\\n"\n\n'
STOP = 'msgid "Stop"\nmsgstr "Stoppen"\n\n'


def mistakes(entries: str, *used: str) -> list[str]:
    return list(translations.check(HEADER + entries, used={("", text): "page.html:1" for text in used}))


def test_it_accepts_a_text_that_is_used_and_translated() -> None:
    assert mistakes(STOP, "Stop") == []


@pytest.mark.parametrize(
    ("entries", "used", "sentence"),
    [
        ("", ["Stop"], "page.html:1: no Dutch text for 'Stop'"),
        (STOP, [], "nothing uses 'Stop'"),
        (STOP + STOP, ["Stop"], "'Stop' stands there 2 times"),
        ('msgid "Stop"\nmsgstr ""\n', ["Stop"], "'Stop' has no Dutch text"),
        ('#, fuzzy\nmsgid "Stop"\nmsgstr "Stoppen"\n', ["Stop"], "'Stop' is marked fuzzy"),
        ('msgid "Stop %(name)s"\nmsgstr "Stop"\n', ["Stop %(name)s"], "has other placeholders in Dutch"),
        ('msgid "Until {day}"\nmsgstr "Tot {dag}"\n', ["Until {day}"], "has other placeholders in Dutch"),
    ],
)
def test_it_finds_the_mistake(entries: str, used: list[str], sentence: str) -> None:
    found = mistakes(entries, *used)
    assert len(found) == 1
    assert sentence in found[0]


def test_it_sees_a_double_id_that_is_written_over_two_lines() -> None:
    assert any("2 times" in mistake for mistake in mistakes(STOP + 'msgid ""\n"St"\n"op"\nmsgstr "Stoppen"\n', "Stop"))


def test_it_tells_texts_with_another_context_apart() -> None:
    assert list(translations.keys_as_written(HEADER + STOP + 'msgctxt "button"\n' + STOP)) == [
        ("", "Stop"),
        ("button", "Stop"),
    ]
