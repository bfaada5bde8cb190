"""Names without capitals and accents, so that who types `ozdemir` finds Özdemir on every database."""

import unicodedata

# These have no accent to take off.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_JOINED = frozenset("'’‘`\N{ACUTE ACCENT}.")


def folded(text: str) -> str:
    """Give the words of a text in small letters without accents; an apostrophe joins, other signs part words."""
    spread = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    letters = (_plain(sign) for sign in spread if not unicodedata.combining(sign))
    return " ".join("".join(letters).split())


def _plain(sign: str) -> str:
    if sign.isalnum():
        return sign
    return "" if sign in _JOINED else " "
