"""A language is begun, filled and measured; what is broken in it is found."""

from pathlib import Path

import pytest

from namens.lib.languages import UnknownLanguage
from tools import catalogues, pseudo
from tools.placeholders import placeholders

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder with the texts of a deployment itself."""
    monkeypatch.setenv("NAMENS_LOCALE", str(tmp_path))
    return tmp_path


@pytest.mark.slow
def test_it_begins_a_language_with_every_text_and_says_that_all_of_it_is_missing(own: Path) -> None:
    path = catalogues.begin("pap")
    assert path == own / "pap" / "LC_MESSAGES" / "django.po"
    texts = [message for message in catalogues.read(path) if message.id]
    assert len(texts) == len(catalogues.missing("pap")) > 1000
    assert not any(message.string for message in texts)


@pytest.mark.slow
def test_it_does_not_begin_a_language_twice(own: Path) -> None:
    before = catalogues.begin("pl").read_text(encoding="utf-8")
    with pytest.raises(FileExistsError):
        catalogues.begin("pl")
    assert (own / "pl" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("own")
@pytest.mark.slow
def test_it_counts_what_has_words() -> None:
    path = catalogues.begin("pl")
    total = len(catalogues.missing("pl"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Log out"\nmsgstr ""', 'msgid "Log out"\nmsgstr "Wyloguj"'), encoding="utf-8")
    assert len(catalogues.missing("pl")) == total - 1
    assert catalogues.missing("en") == {}


@pytest.mark.usefixtures("own")
def test_it_says_how_to_begin_and_what_it_does_not_know() -> None:
    with pytest.raises(FileNotFoundError, match="`new pl` begins it"):
        catalogues.missing("pl")
    with pytest.raises(UnknownLanguage, match="'xx'"):
        catalogues.begin("xx")


@pytest.mark.parametrize(
    ("entry", "mistakes"),
    [
        ('msgid "Stop"\nmsgstr ""\n', 0),
        ('msgid "Stop %(name)s"\nmsgstr "Zatrzymaj %(name)s"\n', 0),
        ('msgid "Stop %(name)s"\nmsgstr "Zatrzymaj %(nazwa)s"\n', 1),
        ('msgid "a day"\nmsgid_plural "days"\nmsgstr[0] "dzień"\nmsgstr[1] ""\n', 1),
    ],
)
def test_it_finds_what_is_broken_and_leaves_what_is_on_its_way(own: Path, entry: str, mistakes: int) -> None:
    path = own / "pl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + entry, encoding="utf-8")
    assert len(list(catalogues.broken(path))) == mistakes


@pytest.mark.parametrize("change", [pseudo.lengthened, pseudo.mirrored])
def test_it_makes_a_pseudo_text_that_keeps_what_gets_a_value(change: object) -> None:
    assert callable(change)
    text = "Up to and including %(day)s, <b>100 %%</b> &amp; {0}"
    assert placeholders(change(text)) == placeholders(text)
    assert "<b>100 %%</b> &amp;" in change(text)


def test_it_makes_long_words_and_arabic_ones() -> None:
    text = "Check your answers"
    assert len(pseudo.lengthened(text)) >= 1.4 * len(text)
    assert not set(pseudo.mirrored(text)) & set("abcdefghijklmnopqrstuvwxyz")
