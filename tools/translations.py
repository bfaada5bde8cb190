"""The Dutch texts: compile them, and check that none is missing, left over, double or broken.

`python -m tools.translations check` (part of `make check`) or `… compile` (part of set-up).
"""

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from tools import places
from tools.say import line

PO = places.ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
LAZY = ("gettext_lazy", "gettext_noop", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy")
KEYWORDS = {**DEFAULT_KEYWORDS, **{name: DEFAULT_KEYWORDS.get(name.rpartition("_")[0]) for name in LAZY}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
"""Means nothing in a template, but Python's tokenizer stumbles over it."""
ENTRY = re.compile(r'^(?:msgctxt "(?P<context>.*)"\n)?msgid (?P<id>"(?:.*)"(?:\n".*")*)', re.MULTILINE)

Key = tuple[str, str]
"""Context (often empty) and message id."""


def main() -> int:
    """Check or compile; the exit status is 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.translations", description=__doc__)
    parser.add_argument("what", choices=["check", "compile"])
    if parser.parse_args().what == "compile":
        compile_all()
        return 0
    mistakes = list(check(PO.read_text(encoding="utf-8"), used=used_messages()))
    for mistake in mistakes:
        line(mistake)
    return 1 if mistakes else 0


def compile_all() -> None:
    """Write a `.mo` beside every `.po`."""
    for po in (places.ROOT / "locale").rglob("*.po"):
        catalogue = parse(po.read_text(encoding="utf-8"))
        with po.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def check(text: str, *, used: dict[Key, str]) -> Iterator[str]:
    """Every mistake in the texts, as a sentence; `used` holds where each message id is used."""
    for key, count in Counter(keys_as_written(text)).items():
        if count > 1:
            yield f"{PO.name}: {key[1]!r} stands there {count} times"
    known = {key_of(message): message for message in parse(text) if message.id}
    for key, place in used.items():
        if key not in known:
            yield f"{place}: no Dutch text for {key[1]!r}"
    for key, message in known.items():
        if key not in used:
            yield f"{PO.name}:{message.lineno}: nothing uses {key[1]!r}"
        yield from mistakes_in(message)


def mistakes_in(message: Message) -> Iterator[str]:
    """What is wrong with one text."""
    where = f"{PO.name}:{message.lineno}: {key_of(message)[1]!r}"
    texts = _texts(message.string)
    if message.fuzzy:
        yield f"{where} is marked fuzzy"
    if not all(texts):
        yield f"{where} has no Dutch text"
        return
    wanted = placeholders(_texts(message.id)[-1])
    if any(placeholders(text) != wanted for text in texts):
        yield f"{where} has other placeholders in Dutch"


def used_messages() -> dict[Key, str]:
    """Every message id in templates and Python files, with the first place where it is used."""
    used: dict[Key, str] = {}
    for path, source in _sources():
        keywords = KEYWORDS
        for number, found, _, context in extract("python", BytesIO(source.encode()), keywords=keywords):
            key = (context or "", _texts(found)[0])
            used.setdefault(key, f"{path.relative_to(places.ROOT)}:{number}")
    return used


def parse(text: str) -> Catalog:
    """Read the text of a `.po` file."""
    return read_po(BytesIO(text.encode()), locale="nl", abort_invalid=True)


def keys_as_written(text: str) -> Iterator[Key]:
    """Every message id as it stands in the file, double ones too (a parser joins those)."""
    for entry in ENTRY.finditer(text):
        parts = re.findall(r'"(.*)"', entry["id"])
        message = "".join(parts).replace('\\"', '"').replace("\\n", "\n")
        if message:
            yield (entry["context"] or "", message)


def key_of(message: Message) -> Key:
    """The context and the (singular) id of a message."""
    return (message.context or "", _texts(message.id)[0])


def placeholders(text: str) -> list[str]:
    """The places in a text that get a value."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def _texts(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _sources() -> Iterator[tuple[Path, str]]:
    if not settings.configured:
        settings.configure()
    for path in sorted((places.ROOT / "src" / "namens").rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")
    for path in sorted((places.ROOT / "templates").rglob("*.*")):
        yield path, INDENT.sub("", templatize(path.read_text(encoding="utf-8"), origin=os.fspath(path)))


if __name__ == "__main__":
    sys.exit(main())
