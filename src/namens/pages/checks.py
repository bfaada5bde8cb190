"""A language can be chosen only when everything that clients meet stands in it, on pages and on paper."""

from django.conf import settings
from django.core.checks import Error, register

from namens.lib.languages import ENGLISH, Language, known
from namens.pages import texts

SHOWN = 60


@register
def languages_are_complete(**_options: object) -> list[Error]:
    """Give an error for each language that lacks a text, with how many and which first; English is the source."""
    chosen = known(code for code, _ in settings.LANGUAGES if code != ENGLISH)
    try:
        needed = texts.needed()
    except FileNotFoundError:
        return [Error("it is not known which texts clients meet; `make setup` lists them", id="namens.E022")]
    return [error for language in chosen for error in _wrong_with(language, needed)]


def _wrong_with(language: Language, needed: list[texts.Text]) -> list[Error]:
    if language.is_pseudo and not settings.IS_PRACTICE:
        return [Error(f"{language.code} in NAMENS_LANGUAGES is no language that people read", id="namens.E021")]
    missing = texts.missing(needed, code=language.code)
    if not missing:
        return []
    told = f"{language.code} in NAMENS_LANGUAGES lacks {len(missing)} of {len(needed)} texts that clients meet"
    return [Error(f"{told}; the first is {missing[0].id[:SHOWN]!r}", hint="docs/languages.md", id="namens.E020")]
