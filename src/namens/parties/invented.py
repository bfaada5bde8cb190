"""People who are not there: to show what a portal would get. They are never saved, so nobody can log in as one."""

from datetime import datetime

from namens.parties import vault
from namens.parties.identifiers import Bsn
from namens.parties.models import Kind, Party, Person


def invented_person(*, given_name: str, family_name: str, bsn: Bsn, now: datetime) -> Party:
    """Give a person with this name, kept nowhere."""
    party = Party(kind=Kind.PERSON, created_at=now)
    Person(
        party=party,
        bsn_sealed=vault.seal(bsn),
        given_names=given_name,
        family_name=family_name,
        refreshed_at=now,
        ask_again_at=now,
    )
    return party
