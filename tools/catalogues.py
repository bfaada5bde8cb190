"""The catalogue of one language: begin it, see what it lacks, and find what is broken in it."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale

from namens.lib import languages
from namens.pages.texts import Text
from tools import messages, places
from tools.placeholders import placeholders, words_of

Key = tuple[str, str]
"""Context (often empty) and message id."""


def folder() -> Path:
    """Where catalogues are made: `NAMENS_LOCALE`, else `locale`."""
    return Path(os.environ.get("NAMENS_LOCALE", places.ROOT / "locale"))


def path_of(code: str) -> Path:
    """The file of a language. Raises UnknownLanguage."""
    return folder() / to_locale(languages.language(code).code) / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    """Read a `.po` file."""
    return parse(path.read_text(encoding="utf-8"), locale=path.parts[-3])


def parse(text: str, *, locale: str = languages.DUTCH) -> Catalog:
    """Read the text of a `.po` file."""
    return read_po(BytesIO(text.encode()), locale=locale, abort_invalid=True)


def compiled(path: Path) -> Path:
    """Write the `.mo` beside a `.po`, and give where it stands."""
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read(path))
    return path.with_suffix(".mo")


def begin(code: str) -> Path:
    """Make a catalogue with every text that clients meet and no words yet. Raises FileExistsError, UnknownLanguage."""
    path = path_of(code)
    if path.exists():
        raise FileExistsError(f"{path} is there already; `status {code}` says what it lacks")
    catalogue = Catalog(locale=to_locale(code), header_comment="", charset="utf-8")
    for text in messages.needed():
        catalogue.add((text.id, text.plural) if text.plural else text.id, context=text.context or None)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=False)
    return path


def missing(code: str) -> dict[Text, str]:
    """Every text that clients meet and that has no words in this language, with where it is used.

    English is the source and lacks nothing. Raises FileNotFoundError, UnknownLanguage.
    """
    path = path_of(code)
    if code == languages.ENGLISH:
        return {}
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there; `new {code}` begins it")
    known = {key_of(message): message for message in read(path) if message.id}
    written = {key for key, message in known.items() if all(words_of(message.string)) and not message.fuzzy}
    return {text: place for text, place in messages.needed().items() if (text.context, text.id) not in written}


def broken(path: Path) -> Iterator[str]:
    """What is wrong with the words that a catalogue has; what it lacks is no mistake, for it can be on its way."""
    for message in read(path):
        words = words_of(message.string)
        if not message.id or not any(words):
            continue
        where = f"{path.parts[-3]}/{path.name}:{message.lineno}: {key_of(message)[1]!r}"
        if not all(words):
            yield f"{where} lacks a plural"
        wanted = placeholders(words_of(message.id)[-1])
        if any(placeholders(text) != wanted for text in words if text):
            yield f"{where} has other placeholders"


def key_of(message: Message) -> Key:
    """The context and the (singular) id of a message."""
    return (message.context or "", words_of(message.id)[0])
