"""What people can change here: how each is asked, read and written."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mijn_toeslagen import words

HIGHEST_INCOME = 9_999_999
DUTCH_IBAN = 18
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", re.ASCII)
_WHOLE_EUROS = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,(?:00|-))?", re.ASCII)


class NotRead(ValueError):
    """What was typed cannot be used. The message tells people what to do."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """Something that can be changed. `read` raises NotRead; `write` shows a value as people know it.

    `act` is the name under which Namens hears of a change.
    """

    key: str
    path: str
    title: str
    label: str
    hint: str
    sensitive: str | None
    act: str
    autocomplete: str
    numeric: bool
    read: Callable[[str], str]
    write: Callable[[str], str]
    write_short: Callable[[str], str]


def read_income(text: str) -> str:
    """Read whole euros a year: 24500, 24.500, € 24.500,00. Raises NotRead."""
    tidy = re.sub(r"[\s€]", "", text)
    if not tidy:
        raise NotRead("Vul het inkomen in.")
    if not _WHOLE_EUROS.fullmatch(tidy):
        raise NotRead("Vul het inkomen in hele euro's in, bijvoorbeeld 24.500.")
    amount = int(tidy.partition(",")[0].replace(".", ""))
    if amount > HIGHEST_INCOME:
        raise NotRead(f"Vul een inkomen in van ten hoogste {words.euros(HIGHEST_INCOME)}.")
    return str(amount)


def read_account(text: str) -> str:
    """Read an IBAN, with its check digits (ISO 13616: the number is 1 modulo 97). Raises NotRead."""
    tidy = re.sub(r"[\s.-]", "", text).upper()
    if not tidy:
        raise NotRead("Vul het rekeningnummer in.")
    long_enough = len(tidy) == DUTCH_IBAN if tidy.startswith("NL") else True
    if not (_IBAN.fullmatch(tidy) and long_enough):
        raise NotRead("Vul een heel rekeningnummer in (IBAN), bijvoorbeeld NL91 ABNA 0417 1643 00.")
    if int("".join(str(int(symbol, 36)) for symbol in tidy[4:] + tidy[:4])) % 97 != 1:
        raise NotRead("Dit rekeningnummer bestaat niet. Kijk of u een cijfer of letter verkeerd typte.")
    return tidy


def write_income(value: str) -> str:
    """Write an income."""
    return f"{words.euros(int(value))} per jaar"


def write_account(value: str) -> str:
    """Write an IBAN in groups of four."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


def write_end(value: str) -> str:
    """Write only the end of an IBAN."""
    return f"eindigt op {value[-4:]}"


INCOME = Field(
    key="income",
    path="/inkomen",
    title="Inkomen wijzigen",
    label="Geschat inkomen per jaar",
    hint="In hele euro's, bijvoorbeeld 24.500.",
    sensitive=None,
    act="inkomen-wijzigen",
    autocomplete="off",
    numeric=True,
    read=read_income,
    write=write_income,
    write_short=write_income,
)
ACCOUNT = Field(
    key="account",
    path="/rekeningnummer",
    title="Rekeningnummer wijzigen",
    label="Nieuw rekeningnummer (IBAN)",
    hint="Bijvoorbeeld NL91 ABNA 0417 1643 00. Spaties mogen.",
    sensitive="rekeningnummer-wijzigen",
    act="rekeningnummer-wijzigen",
    autocomplete="off",
    numeric=False,
    read=read_account,
    write=write_account,
    write_short=write_end,
)
FIELDS = {field.key: field for field in (INCOME, ACCOUNT)}
