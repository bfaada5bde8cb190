"""Codes that people read out and type over.

Twenty-three symbols that are hard to mistake for one another; 23 is a prime, so that the weighted sum over them finds
every single wrong symbol and every two neighbours that changed places. The last symbol is the check symbol.
"""

import secrets
import unicodedata

ALPHABET = "346789BCDFGHJKMPQRTVWXY"
SEPARATORS = frozenset(" -.\t\r\n\u00a0\u00ad\u200b\u2010\u2011\u2012\u2013\u2014\u2212")
LONGEST_INPUT = 200

_value = {symbol: index for index, symbol in enumerate(ALPHABET)}


def generate(symbols: int) -> str:
    """Give a random code of `symbols` symbols, check symbol included, from the operating system's random source."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(symbols - 1))
    return body + check_symbol(body)


def check_symbol(body: str) -> str:
    """Give the symbol that makes the weighted sum of `body` plus itself zero modulo 23."""
    return ALPHABET[-_weighted(body, first_weight=2) % len(ALPHABET)]


def is_sound(code: str, *, symbols: int) -> bool:
    """Say whether `code` has the right length, only symbols of the alphabet, and a fitting check symbol."""
    if len(code) != symbols or not set(code) <= _value.keys():
        return False
    return check_symbol(code[:-1]) == code[-1]


def tidy(text: str) -> str:
    """Give what was typed in capitals, without spaces and dashes; full-width forms become ordinary ones.

    Look-alikes from other scripts stay as they are, so that `is_sound` refuses them. Of a text that is too long to be
    a code nothing is left: half a text must never pass for the whole.
    """
    folded = unicodedata.normalize("NFKC", text) if len(text) <= LONGEST_INPUT else ""
    return "".join(symbol for symbol in folded.upper() if symbol not in SEPARATORS)


def grouped(code: str, *, size: int) -> str:
    """Give the code in groups with dashes between them: `XXXX-XXXX-XXXX`."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def _weighted(body: str, *, first_weight: int) -> int:
    """Sum the symbols' values, the last one times `first_weight`, the one before it times one more, and so on."""
    return sum(weight * _value[symbol] for weight, symbol in enumerate(reversed(body), start=first_weight))
