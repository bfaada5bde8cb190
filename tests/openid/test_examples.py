"""What operators are shown of a portal is what its people really bring there."""

import pytest

from namens.grants.examples import Case, example
from namens.parties.models import Party
from tests.openid.relying import RelyingParty, read
from tests.people import NOW, active


@pytest.mark.parametrize("which", ["portal", "stock"])
def test_it_shows_the_claims_of_a_real_login(
    which: str, request: pytest.FixtureRequest, anna: Party, bram: Party
) -> None:
    portal: RelyingParty = request.getfixturevalue(which)
    active(anna, bram)
    for case, party, whom in ((Case.ONESELF, anna, None), (Case.HELPER, bram, anna)):
        tokens = portal.tokens(party, whom=whom)
        given = example(case, portal=portal.portal, now=NOW)
        assert given is not None
        assert given.identity.keys() == read(tokens["id_token"]).keys()
        assert given.userinfo.keys() == portal.userinfo(tokens["access_token"]).json().keys()
