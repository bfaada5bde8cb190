"""Addresses of many things that have the same page."""

from uuid import UUID

from django.urls import reverse

_ANY = UUID(int=0)


class Addresses:
    """The addresses for one answer. Every page is looked up once: for each of many links it would take half their time.

    Not to be kept for another request, which can have another path in front.
    """

    def __init__(self) -> None:
        self._of_any: dict[str, str] = {}

    def of(self, page: str, *, thing: UUID) -> str:
        """Give the address of the page with this name that is about one thing."""
        if page not in self._of_any:
            self._of_any[page] = reverse(page, args=[_ANY])
        return self._of_any[page].replace(str(_ANY), str(thing))
