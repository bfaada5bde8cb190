"""What somebody chose to see: with whom, about which service, in which month. Ids, keys and months: never a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from namens.lib import clock
from namens.lib.periods import next_month
from namens.mandates.done import Chosen
from namens.organisations.naming import name_of
from namens.parties.models import Party
from namens.services.models import Service

SERVICE, MONTH = "service", "month"
Named = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Option:
    """One answer; the one without a value asks for everything."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """One of the questions, by the name that it has in the address."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option:
        """Give the answer that counts now."""
        return next(one for one in self.options if one.is_chosen)


@dataclass(frozen=True)
class Choice:
    """The three questions with their answers."""

    questions: list[Question]

    @property
    def chosen(self) -> dict[str, str]:
        """Give what was chosen, by the names in the address; what asks for everything is left out."""
        return {one.name: one.chosen.value for one in self.questions if one.chosen.value}

    @property
    def query(self) -> str:
        """Give what was chosen as it stands in an address."""
        return urlencode(self.chosen)

    @property
    def labels(self) -> list[str]:
        """Give what was chosen as people read it."""
        return [one.chosen.label for one in self.questions if one.chosen.value]

    @property
    def wanted(self) -> Chosen:
        """Give what was chosen as the journal is asked."""
        other, service, month = (one.chosen.value for one in self.questions)
        return Chosen(
            other=UUID(other) if other else None,
            service=service,
            month=date.fromisoformat(f"{month}-01") if month else None,
        )


@dataclass(frozen=True)
class Others:
    """The parties to choose from: under which name in the address, and what the question is."""

    name: str
    label: str
    everybody: str
    names: Mapping[UUID, str]


def choice_of(
    query: QueryDict, *, others: Others, services: Sequence[Service], oldest: datetime | None, today: date
) -> Choice:
    """Read what was chosen. Raises Http404 for what nobody could choose: anybody else's does not exist."""
    parties = sorted(((str(key), name) for key, name in others.names.items()), key=lambda one: (one[1], one[0]))
    first = _question(query, others.name, others.label, others.everybody, parties)
    keys = [(service.key, service.name) for service in services]
    second = _question(query, SERVICE, _("Which service?"), _("All services"), keys)
    months = [(f"{one:%Y-%m}", date_format(one, "F Y")) for one in _months(oldest, today)]
    third = _question(query, MONTH, _("Which month?"), _("All months"), months)
    return Choice([first, second, third])


def names_of(parties: Sequence[Party]) -> dict[UUID, str]:
    """Give the names of these persons and organisations, loaded with what they need for it."""
    return {party.id: name_of(party) for party in parties}


def _question(query: QueryDict, name: str, label: str, everything: str, named: Named) -> Question:
    typed = query.get(name, "")
    options = [Option(value, said, is_chosen=value == typed) for value, said in [("", everything), *named]]
    if not any(one.is_chosen for one in options):
        raise Http404
    return Question(name, label, options)


def _months(oldest: datetime | None, today: date) -> list[date]:
    """Give the first days of the months from the oldest entry until now, newest first."""
    month = clock.day_of(oldest).replace(day=1) if oldest else today.replace(day=1)
    months = []
    while month <= today:
        months.append(month)
        month = next_month(month)
    return months[::-1]
