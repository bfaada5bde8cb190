"""Languages that people may read: their own names, and which way they run."""

from collections.abc import Iterable
from dataclasses import dataclass

DUTCH, ENGLISH = "nl", "en"
SOURCES = (DUTCH, ENGLISH)
"""Every text stands in these two: the code says it in English, and `locale/nl` has all of it in Dutch."""


@dataclass(frozen=True)
class Language:
    """A language. `name` is what its readers call it; a pseudo-language only shows how pages hold."""

    code: str
    name: str
    is_right_to_left: bool = False
    is_pseudo: bool = False

    @property
    def direction(self) -> str:
        """Give what HTML calls `dir`."""
        return "rtl" if self.is_right_to_left else "ltr"


class UnknownLanguage(LookupError):
    """We do not know how this language is called and which way it runs."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no language {code!r} is known; known are {', '.join(sorted(KNOWN))}")


_names = {
    "nl": "Nederlands",
    "en": "English",
    "bg": "Български",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "es": "Español",
    "fr": "Français",
    "fy": "Frysk",
    "hu": "Magyar",
    "it": "Italiano",
    "pap": "Papiamentu",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
}
_right_to_left = {"ar": "العربية", "fa": "فارسی", "he": "עברית", "ur": "اردو"}
LONG, MIRRORED = "en-xa", "ar-xb"
KNOWN: dict[str, Language] = {
    **{code: Language(code, name) for code, name in _names.items()},
    **{code: Language(code, name, is_right_to_left=True) for code, name in _right_to_left.items()},
    LONG: Language(LONG, "[Ļōñĝ ŵōŕđś]", is_pseudo=True),
    MIRRORED: Language(MIRRORED, "[ميرّورد]", is_right_to_left=True, is_pseudo=True),
}
"""Those whose letters can be set with the fonts that we have; docs/languages.md says how another one comes in."""


def known(codes: Iterable[str]) -> list[Language]:
    """Give these languages, each once, in this order. Raises UnknownLanguage."""
    return [language(code) for code in dict.fromkeys(codes)]


def language(code: str) -> Language:
    """Give one language. Raises UnknownLanguage."""
    try:
        return KNOWN[code]
    except KeyError:
        raise UnknownLanguage(code) from None
