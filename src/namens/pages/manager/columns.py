"""The columns of a spreadsheet with people, in Dutch and in English: what a line asks, and what cannot be read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError

from namens.organisations.models import Licence, Member, MemberKind
from namens.organisations.planning import AskedLine
from namens.organisations.sheets import LineReason
from namens.pages.fields_at_work import HumanNameField
from namens.pages.manager.spreadsheet import FileProblem, Table, Unreadable
from namens.post.plain import MailAddress, UnsoundAddress
from namens.services.models import Service

LONGEST_CELL = 300
NAMES = {
    "given_name": ("voornaam", "given name", "first name"),
    "family_name": ("achternaam", "family name", "last name", "surname"),
    "email": ("e-mail", "e-mail address", "e-mailadres", "mail"),
    "kind": ("soort", "kind", "medewerker of vrijwilliger", "staff or volunteer", "staff|volunteer", "functie"),
    "team": ("team",),
    "services": ("diensten", "services", "dienst", "service"),
    "first_day": ("eerste dag", "first day", "vanaf", "from"),
    "last_day": ("laatste dag", "last day", "tot en met", "until"),
    "licence_team": ("team van de licentie", "licence team", "alleen cliënten van team", "only clients of team"),
}
NEEDED = ("given_name", "family_name", "email")
KINDS = {
    "medewerker": MemberKind.STAFF,
    "staff": MemberKind.STAFF,
    "vrijwilliger": MemberKind.VOLUNTEER,
    "volunteer": MemberKind.VOLUNTEER,
}
KIND_WORDS = {MemberKind.STAFF: ("medewerker", "staff"), MemberKind.VOLUNTEER: ("vrijwilliger", "volunteer")}
_BETWEEN_SERVICES = re.compile(r"[|;,\n+]")
_DAY_LAST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: 0?0:00(?::00)?)?", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What was read: the lines, and the columns that mean nothing here."""

    lines: list[AskedLine]
    ignored: list[str]


@dataclass
class Cells:
    """The cells of one line by the column's meaning, and what was wrong with them so far."""

    cells: Mapping[str, str]
    problems: list[LineReason] = field(default_factory=list)

    def text(self, name: str, problem: LineReason) -> str:
        """Give a cell that fits on a line; nothing when it does not."""
        found = self.cells.get(name, "")
        if len(found) <= LONGEST_CELL:
            return found
        self.problems.append(problem)
        return ""

    def name(self, column: str) -> str:
        """Give a part of somebody's name."""
        name = _sound_name(self.text(column, LineReason.NAME_UNREADABLE))
        if name is None:
            self.problems.append(LineReason.NAME_UNREADABLE)
        return name or ""

    def email(self) -> str:
        """Give the address, in small letters."""
        try:
            return MailAddress.parse(self.text("email", LineReason.EMAIL_UNREADABLE)).text
        except UnsoundAddress:
            self.problems.append(LineReason.EMAIL_UNREADABLE)
            return ""

    def kind(self) -> MemberKind | None:
        """Give in what capacity somebody works; None when the line does not say."""
        said = self.text("kind", LineReason.KIND_UNREADABLE).casefold()
        if said and said not in KINDS:
            self.problems.append(LineReason.KIND_UNREADABLE)
        return KINDS.get(said)

    def day(self, column: str) -> date | None:
        """Give a day; None when the line does not say."""
        said = self.text(column, LineReason.DAY_UNREADABLE)
        day = day_in(said) if said else None
        if said and day is None:
            self.problems.append(LineReason.DAY_UNREADABLE)
        return day

    def services(self, keys: Mapping[str, str]) -> tuple[str, ...]:
        """Give the keys of the services that are named, by name or by key."""
        said = self.text("services", LineReason.SERVICE_UNKNOWN).casefold()
        whole = [said] if said in keys else [one.strip() for one in _BETWEEN_SERVICES.split(said)]
        named = [one for one in whole if one]
        if any(one not in keys for one in named):
            self.problems.append(LineReason.SERVICE_UNKNOWN)
        return tuple(sorted({keys[one] for one in named if one in keys}))


def ask(table: Table, *, services: Iterable[Service]) -> Asked:
    """Read what each line asks. Raises Unreadable when a needed column is missing or there is no line."""
    meant = [_meaning(name) for name in table.header]
    missing = [NAMES[name][0] for name in NEEDED if name not in meant]
    if missing:
        raise Unreadable(FileProblem.NO_COLUMNS, missing)
    if not table.lines:
        raise Unreadable(FileProblem.NO_LINES)
    keys = {word.casefold(): one.key for one in services for word in (one.key, one.name)}
    lines = [_line(number, _by_meaning(meant, row), keys) for number, row in table.lines]
    ignored = [name[:60] for name, meaning in zip(table.header, meant, strict=True) if name and not meaning]
    return Asked(lines=lines, ignored=ignored[:20])


def day_in(said: str) -> date | None:
    """Read a day as spreadsheets write it: 2026-11-23, 23-11-2026, 23/11/2026 or 23.11.2026; None for anything else."""
    found = _DAY_LAST.fullmatch(said)
    parts = found.groups() if found else ()
    if not found and (found := _DAY_FIRST.fullmatch(said)):
        parts = found.groups()[::-1]
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def header(*, dutch: bool) -> list[str]:
    """Give the names of the columns as they are written."""
    return [names[0] if dutch or len(names) == 1 else names[1] for names in NAMES.values()]


def row_of(member: Member, licence: Licence | None, *, dutch: bool) -> list[str]:
    """Give the line of one person with one licence; reading it again changes nothing."""
    return [
        member.given_name,
        member.family_name,
        member.email,
        KIND_WORDS[MemberKind(member.kind)][0 if dutch else 1],
        member.team.name if member.team else "",
        " | ".join(service.name for service in licence.services.all()) if licence else "",
        licence.first_day.isoformat() if licence else "",
        licence.last_day.isoformat() if licence else "",
        licence.team.name if licence and licence.team else "",
    ]


def _by_meaning(meant: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Give the cells by meaning. Of two columns with one meaning the first counts; a short line has empty cells."""
    cells = [*row, *([""] * (len(meant) - len(row)))]
    return dict(reversed([(name, cell) for name, cell in zip(meant, cells, strict=False) if name]))


def _line(number: int, cells: Mapping[str, str], keys: Mapping[str, str]) -> AskedLine:
    read = Cells(cells)
    asked = AskedLine(
        number=number,
        given_name=read.name("given_name"),
        family_name=read.name("family_name"),
        email=read.email(),
        kind=read.kind(),
        team=read.text("team", LineReason.TEAM_UNREADABLE) if "team" in cells else None,
        services=read.services(keys),
        first_day=read.day("first_day"),
        last_day=read.day("last_day"),
        licence_team=read.text("licence_team", LineReason.TEAM_UNREADABLE),
    )
    problems = tuple(dict.fromkeys(read.problems))
    return AskedLine(**{**vars(asked), "problems": problems}) if problems else asked


@lru_cache(maxsize=4096)
def _sound_name(typed: str) -> str | None:
    try:
        return str(HumanNameField().clean(typed))
    except ValidationError:
        return None


def _meaning(name: str) -> str:
    """Give which column this is, however it is written; nothing for an unknown one."""
    written = _letters(name)
    return next((key for key, names in NAMES.items() if written in {_letters(one) for one in names}), "")


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
