"""The pages of searches: which people the one statement reads lines for, at most so many, in the order of their ids.

A page begins after an id, never after a number of rows: it stays where it was while mandates come and go. Only people
with a line for the one service that is searched for are on it, and none at all where the portal may not search or does
not offer that service. Whether they may is for `decide()`. No Django.
"""

from enum import Enum

from namens.mandates.membership import Dialect

ORGANISATION = "SELECT party_id FROM organisations_organisation WHERE kvk_number = given.party_named"
MEMBER_COLUMNS = """,
       candidate.id, (SELECT kvk_number FROM organisations_organisation WHERE party_id = line.representative_id)"""

_OF_SERVICE = "line.service_id = (SELECT service_id FROM sought)"


class PageOf(Enum):
    """Whom a search lists: the clients of a representative, or the persons or the members who act for a client."""

    CLIENTS = "clients"
    PERSONS = "persons"
    MEMBERS = "members"

    @property
    def line(self) -> str:
        """Give the condition for lines of a candidate."""
        return f"{_PAIR[self]} AND {_OF_SERVICE}"


_PAIR = {
    PageOf.CLIENTS: "line.representative_id = asked.party AND line.representee_id = candidate.id",
    PageOf.PERSONS: "line.representee_id = asked.representee AND line.representative_id = candidate.id",
    PageOf.MEMBERS: (
        "line.representee_id = asked.representee AND line.representative_id ="
        " (SELECT organisation_id FROM organisations_member WHERE party_id = candidate.id)"
    ),
}
# Scalar subqueries and not joins: so the database reads in the order of an index, and stops when the page is full.
_SOUGHT = """, sought AS (
  SELECT offers.service_id FROM services_portal AS portal
  JOIN services_portal_services AS offers ON offers.portal_id = portal.id
  JOIN services_service AS service ON service.id = offers.service_id
  WHERE portal.client_id = (SELECT client_id FROM given) AND portal.status = 'approved'
    AND portal.search_basis <> '' AND service.key = (SELECT service FROM given)
), candidate AS ({among} LIMIT (SELECT most FROM given)
)"""
# PostgreSQL reads a range in the order of both columns: only one index has that, whatever it believes of the numbers.
_AFTER = {
    Dialect.SQLITE: """line.representative_id = (SELECT party FROM asked)
    AND line.representee_id > (SELECT after_id FROM given)""",
    Dialect.POSTGRESQL: """(line.representative_id, line.representee_id)
      > ((SELECT party FROM asked), (SELECT after_id FROM given))
    AND line.representative_id <= (SELECT party FROM asked)""",
}
_CANDIDATES = {
    PageOf.CLIENTS: """
  SELECT DISTINCT line.representative_id, line.representee_id AS id FROM mandates_mandateservice AS line
  WHERE {after} AND line.service_id = (SELECT service_id FROM sought)
  ORDER BY line.representative_id, line.representee_id""",
    PageOf.PERSONS: """
  SELECT DISTINCT line.representative_id AS id FROM mandates_mandateservice AS line
  JOIN parties_party AS helper ON helper.id = line.representative_id
  WHERE line.representee_id = (SELECT representee FROM asked)
    AND line.representative_id > (SELECT after_id FROM given)
    AND line.service_id = (SELECT service_id FROM sought) AND helper.kind = 'person'
  ORDER BY line.representative_id""",
    PageOf.MEMBERS: """
  SELECT member.party_id AS id FROM organisations_member AS member
  WHERE member.party_id > (SELECT after_id FROM given)
    AND ((SELECT party_named FROM given) = '' OR member.organisation_id = (SELECT party FROM asked))
    AND member.organisation_id IN (
      SELECT line.representative_id FROM mandates_mandateservice AS line
      WHERE line.representee_id = (SELECT representee FROM asked)
        AND line.service_id = (SELECT service_id FROM sought))
    AND EXISTS (
      SELECT 1 FROM organisations_licence AS licence
      JOIN organisations_licence_services AS covers ON covers.licence_id = licence.id
      WHERE licence.member_id = member.party_id AND covers.service_id = (SELECT service_id FROM sought))
  ORDER BY member.party_id""",
}


def candidates(page: PageOf, dialect: Dialect) -> str:
    """Give the tables `sought`, the service, and `candidate`, whom a page is about."""
    return _SOUGHT.format(among=_CANDIDATES[page].format(after=_AFTER[dialect]))


def lines(page: PageOf, dialect: Dialect) -> str:
    """Give the part that joins the lines of the candidates: one after the other, and never all lines of a helper."""
    if dialect is Dialect.SQLITE:
        # SQLite keeps to the order of a CROSS JOIN.
        return f"CROSS JOIN candidate CROSS JOIN mandates_mandateservice AS line ON {page.line}"
    each = f"SELECT * FROM mandates_mandateservice AS line WHERE {page.line} OFFSET 0"  # noqa: S608 - only our own names
    return f"CROSS JOIN candidate CROSS JOIN LATERAL ({each}) AS line"
