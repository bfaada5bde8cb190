"""What each letter says, in plain values. `pdf.render` makes paper of it; the words stand in `texts`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from namens.codes.plain import PlainCode

MOST_LINES = 3


class Language(StrEnum):
    """The languages in which every letter can be written; a deployment can have more (docs/languages.md)."""

    DUTCH = "nl"
    ENGLISH = "en"


class Reader(StrEnum):
    """For whom a letter is meant that both sides can get."""

    CLIENT = "client"
    HELPER = "helper"


class BsnSource(StrEnum):
    """Who supplied the client's BSN."""

    CLIENT = "client"
    HELPER = "helper"
    HELPDESK = "helpdesk"


class EndedBy(StrEnum):
    """How a mandate ended, as far as a client may read it; `UNSAID` gives the day only."""

    CLIENT = "client"
    HELPER = "helper"
    HELPDESK = "helpdesk"
    LAST_DAY = "last-day"
    REPLACED = "replaced"
    ORGANISATION_LEAVES = "organisation-leaves"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Recipient:
    """Whose letter it is, and the address as the population register writes it: one to three lines, then a country."""

    name: str
    lines: tuple[str, ...]
    country: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MOST_LINES:
            raise ValueError("an address has one to three lines")


@dataclass(frozen=True)
class Sender:
    """Who sends: the helpdesk. `site` is an address without scheme; `hours` are those of working days, or nothing."""

    name: str
    phone: str
    site: str
    hours: str = ""
    return_address: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.name and self.phone and self.site):
            raise ValueError("a letter says who sends it, whom to call and where to log in")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What every letter has. `reference` is made up by us, says nothing and stands on the paper."""

    kind: ClassVar[str]

    recipient: Recipient
    date: date
    reference: str
    language: str = Language.DUTCH
    large_print: bool = False


@dataclass(frozen=True)
class CodeItem:
    """One mandate that waits for its code: services by name, its length in words ("1 jaar") and its code."""

    services: tuple[str, ...]
    length: str
    code: PlainCode


@dataclass(frozen=True, kw_only=True)
class CodeLetter(Letter):
    """Codes for a client. `helper` is empty for an open code; `by_phone` says that the client asked the helpdesk.

    Of an organisation `people` says who asked, each as clients read a member.
    """

    kind = "code"

    items: tuple[CodeItem, ...]
    last_day: date
    helper: str = ""
    by_phone: bool = False
    people: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingLetter(Letter):
    """The code for one appointment: it works on `only_on`, and what it opens is for that day."""

    kind = "code"

    services: tuple[str, ...]
    code: PlainCode
    only_on: date
    helper: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConfirmationLetter(Letter):
    """A new mandate, told to the client. `excluded`, `included`: sensitive actions ("het rekeningnummer wijzigen").

    For an organisation `is_organisation` is true, and `person` is the member who asked or used the code, if one did.
    Until `waits_until` the client can say a second yes to what was chosen too: a later last day, more actions.
    """

    kind = "confirmation"

    helper: str
    services: tuple[str, ...]
    first_day: date
    last_day: date
    bsn_source: BsnSource
    is_organisation: bool = False
    person: str = ""
    excluded: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    waits_until: date | None = None
    wanted_until: date | None = None
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EndingLetter(Letter):
    """What ended, and what goes on. A helper reads when, never who or why: see `texts.ending`."""

    kind = "ending"

    other: str
    services: tuple[str, ...]
    ended_on: date
    ended_by: EndedBy
    going_on: tuple[str, ...] = ()
    reader: Reader = Reader.CLIENT


@dataclass(frozen=True, kw_only=True)
class ReminderLetter(Letter):
    """The last day comes near. The client's letter has a reply slip when the sender has a return address."""

    kind = "reminder"

    other: str
    services: tuple[str, ...]
    last_day: date
    reader: Reader = Reader.CLIENT


@dataclass(frozen=True)
class RunningMandate:
    """One mandate in an overview: the other party, and sensitive actions that were added."""

    other: str
    services: tuple[str, ...]
    first_day: date
    last_day: date
    included: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OverviewLetter(Letter):
    """Everything that runs: who helps the reader, and whom the reader helps."""

    kind = "overview"

    helpers: tuple[RunningMandate, ...]
    clients: tuple[RunningMandate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EmailLetter(Letter):
    """The e-mail address changed: there is one now, or there is none any more. Which one is never said."""

    kind = "email-changed"

    has_address: bool


AnyLetter = (
    CodeLetter | MeetingLetter | ConfirmationLetter | EndingLetter | ReminderLetter | OverviewLetter | EmailLetter
)
