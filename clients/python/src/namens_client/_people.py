"""People as they go over the wire of `/v1`, in Dutch, both ways."""

from namens_client._reading import Fields, Unreadable
from namens_client.people import Member, Organisation, Party, Person


def written(who: Party) -> dict[str, str]:
    """Give somebody as Namens reads them."""
    if isinstance(who, Organisation):
        return {"soort": "organisatie", "kvkNummer": who.kvk_number}
    if isinstance(who, Member):
        return {"soort": "medewerker", "id": who.id, "kvkNummer": who.organisation}
    return {"soort": "persoon", "id": who.id}


def read(fields: Fields) -> Party:
    """Read somebody. Raises Unreadable."""
    try:
        match fields.text("soort", otherwise="persoon"):
            case "persoon":
                return Person(fields.text("id"))
            case "medewerker":
                return Member(fields.text("id"), organisation=fields.text("kvkNummer"))
            case "organisatie":
                return Organisation(fields.text("kvkNummer"))
            case _:
                raise Unreadable("soort")
    except ValueError:
        raise Unreadable("a person") from None


def read_person(fields: Fields) -> Person:
    """Read a person. Raises Unreadable."""
    who = read(fields)
    if not isinstance(who, Person):
        raise Unreadable("soort")
    return who


def read_member(fields: Fields) -> Member:
    """Read a member. Raises Unreadable."""
    who = read(fields)
    if not isinstance(who, Member):
        raise Unreadable("soort")
    return who
