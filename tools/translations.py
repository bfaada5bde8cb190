"""The texts in other languages than English: compile them, check them, and say how far a language is.

`python -m tools.translations check` (part of `make check`): in Dutch none is missing, left over, double or broken, and
what another language has is sound. `… compile` (part of set-up). `… status <language>` says how complete a language is,
and `… new <language>` begins one; docs/languages.md says how to go on.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Message

from namens.lib import languages
from namens.pages.texts import LIST
from tools import catalogues, messages, places
from tools.catalogues import Key, key_of, parse
from tools.placeholders import placeholders, words_of
from tools.say import line

PO = places.ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
SHOWN = 20
ENTRY = re.compile(r'^(?:msgctxt "(?P<context>.*)"\n)?msgid (?P<id>"(?:.*)"(?:\n".*")*)', re.MULTILINE)


def main() -> int:
    """Do what is asked; the exit status is 1 when something is wrong or missing."""
    parser = argparse.ArgumentParser(prog="python -m tools.translations", description=__doc__)
    parser.add_argument("what", choices=["check", "compile", "status", "new"])
    parser.add_argument("language", nargs="?", default=languages.DUTCH, help="its code, such as pl")
    arguments = parser.parse_args()
    if arguments.what == "compile":
        compile_all()
        return 0
    try:
        return {"check": _check, "status": _status, "new": _new}[arguments.what](arguments.language)
    except (languages.UnknownLanguage, FileExistsError, FileNotFoundError) as problem:
        line(str(problem))
        return 1


def _check(_language: str) -> int:
    mistakes = list(check(PO.read_text(encoding="utf-8"), used=used_messages()))
    for po in sorted((places.ROOT / "locale").rglob("*.po")):
        if po != PO:
            mistakes += catalogues.broken(po)
    for mistake in mistakes:
        line(mistake)
    return 1 if mistakes else 0


def _status(code: str) -> int:
    missing, needed = catalogues.missing(code), messages.needed()
    line(f"{languages.language(code).name}: {len(needed) - len(missing)} of {len(needed)} texts that clients meet")
    for text, place in list(missing.items())[:SHOWN]:
        line(f"  {place}: {text.id!r}")
    if len(missing) > SHOWN:
        line(f"  … and {len(missing) - SHOWN} more")
    return 1 if missing else 0


def _new(code: str) -> int:
    path = catalogues.begin(code)
    line(f"{path} has every text that clients meet, without words. docs/languages.md says how to go on.")
    return 0


def compile_all() -> None:
    """Write a `.mo` beside every `.po`, and the list of what a language cannot do without."""
    locale = places.ROOT / "locale"
    for folder in {locale, catalogues.folder()}:
        for po in folder.rglob("*.po"):
            catalogues.compiled(po)
    (locale / LIST).write_text(json.dumps(list(messages.needed()), ensure_ascii=False), encoding="utf-8")


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
    texts = words_of(message.string)
    if message.fuzzy:
        yield f"{where} is marked fuzzy"
    if not all(texts):
        yield f"{where} has no Dutch text"
        return
    wanted = placeholders(words_of(message.id)[-1])
    if any(placeholders(text) != wanted for text in texts):
        yield f"{where} has other placeholders in Dutch"


def used_messages() -> dict[Key, str]:
    """Every message id in templates and Python files, with the first place where it is used."""
    return {(text.context, text.id): place for text, place in messages.used().items()}


def keys_as_written(text: str) -> Iterator[Key]:
    """Every message id as it stands in the file, double ones too (a parser joins those)."""
    for entry in ENTRY.finditer(text):
        parts = re.findall(r'"(.*)"', entry["id"])
        message = "".join(parts).replace('\\"', '"').replace("\\n", "\n")
        if message:
            yield (entry["context"] or "", message)


if __name__ == "__main__":
    sys.exit(main())
