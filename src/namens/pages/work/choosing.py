"""What a member chose to see of the work list: which list, whose clients, which order, which page."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from namens.mandates.client_list import Sort, Whose
from namens.pages.paging import page_number

SOUGHT = "work-sought"
LONGEST_SEARCH = 100
Among = TypeVar("Among", bound=StrEnum)


class Tab(StrEnum):
    """The lists."""

    TODAY = "today"
    LETTER = "letter"
    CODE = "code"
    ENDS = "ends"
    PARTNER = "partner"
    ALL = "all"


LABELS: dict[Tab, str | Promise] = {
    Tab.TODAY: _("Today"),
    Tab.LETTER: _("Waits for the letter"),
    Tab.CODE: _("Code to fill in"),
    Tab.ENDS: _("Ends within 30 days"),
    Tab.PARTNER: _("Partner not complete"),
    Tab.ALL: _("All clients"),
}
EXPLANATIONS: dict[Tab, str | Promise] = {
    Tab.TODAY: _("New since the last working day, or with seven days left at most."),
    Tab.LETTER: _("Asked, and the letter with the code is not there yet."),
    Tab.CODE: _("The client can have the code. Ask for it, and fill it in together with the BSN."),
    Tab.ENDS: _("A mandate of these clients ends within 30 days. Ask for a renewal in time."),
    Tab.PARTNER: _("Of client and allowance partner one is active, and the other is not."),
    Tab.ALL: _("Everybody whom your licence reaches. For a client of another team you give a reason first."),
}
OF_WHOM: dict[Whose, str | Promise] = {Whose.MINE: _("Mine"), Whose.TEAM: _("My team"), Whose.ALL: _("Everybody")}
ORDERS: dict[Sort, str | Promise] = {
    Sort.NAME: _("Name"),
    Sort.LAST_DAY: _("Last day"),
    Sort.NEWEST: _("Newest first"),
}


@dataclass(frozen=True)
class Link:
    """A choice that leads somewhere."""

    url: str
    label: str | Promise
    is_current: bool


@dataclass(frozen=True)
class Choice:
    """One look at the work list. `sought` are the words that were typed; they are in no address."""

    tab: Tab
    whose: Whose
    sort: Sort
    page: int = 1
    sought: str = ""
    ticks: bool = False

    @property
    def url(self) -> str:
        """Give the address of this look; what goes without saying is left out."""
        begins = usual(self.tab)
        chosen = {"list": self.tab, "whose": self.whose, "sort": self.sort, "page": str(self.page)}
        said = {"list": Tab.TODAY, "whose": begins.whose, "sort": begins.sort, "page": "1"}
        query = {name: str(value) for name, value in chosen.items() if value != said[name]}
        return f"{reverse('pages:work')}{'?' if query else ''}{urlencode(query)}"

    def tabs(self) -> list[Link]:
        """Give the lists. Another list begins with what is usual there."""
        return [Link(usual(tab).url, label, tab is self.tab) for tab, label in LABELS.items()]

    def whose_links(self) -> list[Link]:
        """Give whose clients can be seen."""
        return [
            Link(replace(self, whose=whose, page=1).url, label, whose is self.whose) for whose, label in OF_WHOM.items()
        ]

    def sort_links(self) -> list[Link]:
        """Give the orders."""
        return [Link(replace(self, sort=sort, page=1).url, label, sort is self.sort) for sort, label in ORDERS.items()]

    @property
    def ticked_url(self) -> str:
        """Give the address of the same page with everybody ticked."""
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode({'tick': 'all'})}"

    @property
    def earlier(self) -> str:
        """Give the address of the page before this one; nothing on the first."""
        return replace(self, page=self.page - 1).url if self.page > 1 else ""

    @property
    def later(self) -> str:
        """Give the address of the page after this one."""
        return replace(self, page=self.page + 1).url


def chosen_in(request: HttpRequest) -> Choice:
    """Read what was chosen; what is no choice is the usual one. Words are sought among all clients only."""
    begins = usual(_one_of(Tab, request.GET.get("list", ""), Tab.TODAY))
    return replace(
        begins,
        whose=_one_of(Whose, request.GET.get("whose", ""), begins.whose),
        sort=_one_of(Sort, request.GET.get("sort", ""), begins.sort),
        page=page_number(request.GET.get("page", "1")),
        sought=str(request.session.get(SOUGHT, "")) if begins.tab is Tab.ALL else "",
        ticks=request.GET.get("tick") == "all",
    )


def seek(request: HttpRequest, *, words: str) -> str:
    """Keep the words that are sought with the session, and give the address of what they find."""
    request.session[SOUGHT] = " ".join(words[:LONGEST_SEARCH].replace("\0", "").split())
    return usual(Tab.ALL).url


def usual(tab: Tab) -> Choice:
    """Give how a list begins: work is one's own first, and what ends first comes first."""
    if tab is Tab.ALL:
        return Choice(tab, Whose.ALL, Sort.NAME)
    return Choice(tab, Whose.MINE, Sort.LAST_DAY)


def _one_of(kind: type[Among], typed: str, otherwise: Among) -> Among:
    return kind(typed) if typed in {one.value for one in kind} else otherwise
