"""A whole login, from the portal's question to UserInfo."""

from namens.parties.models import Party
from tests.openid.relying import NONCE, STATE, RelyingParty, answer_in, read
from tests.people import active


def test_it_says_who_is_at_the_keyboard_and_for_whom(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    address = portal.ask()
    portal.log_in(bram)
    assert portal.browser.get(address).status_code == 200
    answer = answer_in(portal.choose(address, anna))
    assert answer["state"] == STATE
    tokens = portal.exchange(answer["code"]).json()
    claims = read(tokens["id_token"])
    assert claims["nonce"] == NONCE
    assert claims["name"] == "Bram Bakker"
    assert claims["represents"]["name"] == "Anna de Vries"
    assert claims["urn:namens:1.0:mandate"] == str(mandate.id)
    info = portal.userinfo(tokens["access_token"]).json()
    assert info["sub"] == claims["sub"]
