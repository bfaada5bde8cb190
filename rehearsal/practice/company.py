"""Everybody who takes part in the practice environment, for the registers; and which part of it one browser sees."""

from rehearsal.digid.means import digid
from rehearsal.eherkenning.means import eherkenning
from rehearsal.openid.means import Means
from rehearsal.organisations import Organisation, Organisations
from rehearsal.people import People, Person
from rehearsal.practice.book import Book
from rehearsal.practice.casts import Cast

JOIN = "/meedoen"
"""Where a browser goes that is nobody's yet."""


class Everybody(People):
    """The people of all casts: what the register knows."""

    def __init__(self, book: Book) -> None:
        super().__init__(())
        object.__setattr__(self, "_book", book)

    def find(self, bsn: str) -> Person | None:
        """Give the person with this number, in whichever cast."""
        book: Book = self.__dict__["_book"]
        cast = book.cast_with(bsn)
        return next((one for one in cast.people.values() if one.bsn == bsn), None) if cast else None


def digid_for(cast: Cast | None) -> Means:
    """Give DigiD as a visitor with this cast sees it: only the own people can log in."""
    people = People(tuple(cast.people.values()) if cast else ())
    return digid(people, strangers=False, detour="" if cast else JOIN)


def eherkenning_for(cast: Cast | None) -> Means:
    """Give eHerkenning as a visitor with this cast sees it: only for the own organisation."""
    organisations: tuple[Organisation, ...] = (cast.organisation,) if cast else ()
    return eherkenning(Organisations(organisations), strangers=False, detour="" if cast else JOIN)
