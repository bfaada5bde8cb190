"""Pages of results: how many, where one begins, and the token that leads to the next (AuthZEN 1.0, 8.2).

A token is sealed: it holds the id after which the next page begins, for one portal and one question.
"""

import json
from dataclasses import dataclass
from hashlib import sha256

from msgspec import UNSET

from namens.decisions import wire
from namens.decisions.wire import Malformed
from namens.lib.keyring import UnknownKey
from namens.parties import keys
from namens.parties.keys import BrokenSeal

USUAL, MOST = 100, 1000
_PURPOSE = "page-of-decisions"


@dataclass(frozen=True)
class Page:
    """At most `limit` results, those after `after`; empty for the first page. `question` says what is searched."""

    portal: str
    question: str
    limit: int
    after: str = ""

    def token(self, after: str) -> str:
        """Give the token of the page that begins after this."""
        return keys.seal(_PURPOSE, json.dumps([self.portal, self.question, self.limit, after]))


def page_of(wanted: wire.Page, *, portal: str, question: str) -> Page:
    """Give the page that is asked for. Raises Malformed for a token that is not of this portal and this question."""
    limit = USUAL if wanted.limit is UNSET else min(wanted.limit, MOST)
    if wanted.token is UNSET:
        return Page(portal, question, limit)
    try:
        page = Page(*json.loads(keys.unseal(_PURPOSE, wanted.token)))
    except (BrokenSeal, UnknownKey):
        raise _other_search() from None
    # Stock clients leave the limit out once they have a token (8.2.3); another one than before is a mistake.
    if (page.portal, page.question) != (portal, question) or (wanted.limit is not UNSET and limit != page.limit):
        raise _other_search()
    return page


def digest(*parts: object) -> str:
    """Give what stands for a question in a token."""
    return sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()


def _other_search() -> Malformed:
    return Malformed("page.token is not of this search: what is asked has to stay the same from page to page")
