"""What the catalogue says in other languages: a sentence, a question. Dutch where it says nothing; names stay Dutch."""

from collections.abc import Mapping

from django.utils.translation import get_language

IN = "in"
"""Where an entry keeps its words in other languages, by code: `in: {en: {sentence: …}}`."""

Words = Mapping[str, Mapping[str, str]]


def word_of(name: str, *, dutch: str, others: Words) -> str:
    """Give this text in the language of now."""
    return others.get(get_language() or "", {}).get(name, dutch)
