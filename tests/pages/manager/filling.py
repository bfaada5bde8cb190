"""What Mia fills in."""

from collections.abc import Mapping
from datetime import date

from namens.organisations.models import Licence, Member
from tests.people import TODAY


def days(name: str, day: date) -> dict[str, str]:
    """Give a date as the three inputs that ask it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def licence_form(
    *services: str, first_day: date | None = TODAY, last_day: date = date(2027, 11, 22), **more: str
) -> Mapping[str, object]:
    """Give the form of a licence, *Mijn toeslagen* when no service is named."""
    first = days("first_day", first_day) if first_day else {}
    return {"services": list(services or ("mijn-toeslagen",)), **first, **days("last_day", last_day), **more}


def details_form(member: Member, **changes: str) -> dict[str, str]:
    """Give the form with somebody's details, as it stands or with changes."""
    stands = {
        "given_name": member.given_name,
        "family_name": member.family_name,
        "email": member.email,
        "kind": member.kind,
        "team": str(member.team_id) if member.team_id else "none",
        "is_manager": "yes" if member.is_manager else "no",
        "version": str(member.version),
    }
    return {**stands, **changes}


def path(name: str, of: Member | Licence | None = None) -> str:
    """Give the address of a page about somebody, or about a licence."""
    about = of.party_id if isinstance(of, Member) else (of.id if of else "")
    return {
        "people": "/organisatie/mensen",
        "person": f"/organisatie/mensen/{about}",
        "details": f"/organisatie/mensen/{about}/gegevens",
        "leave": f"/organisatie/mensen/{about}/vertrek",
        "give": f"/organisatie/mensen/{about}/licentie",
        "change": f"/organisatie/licenties/{about}/wijzigen",
        "renew": f"/organisatie/licenties/{about}/verlengen",
        "pause": f"/organisatie/licenties/{about}/pauzeren",
        "resume": f"/organisatie/licenties/{about}/hervatten",
        "end": f"/organisatie/licenties/{about}/stoppen",
        "review": "/organisatie/nakijken",
        "review-renew": "/organisatie/nakijken/verlengen",
        "teams": "/organisatie/teams",
        "team-make": "/organisatie/teams/nieuw",
    }[name]
