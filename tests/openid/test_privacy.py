"""Where a BSN, a token or a code may never stand."""

import pytest

from namens.journal.models import JournalEntry
from namens.parties.models import Party
from tests.openid.relying import NONCE, STATE, Changes, RelyingParty, answer_in, read, registered, terms_of
from tests.people import BSNS, active, terms

ALL = [bsn.digits for bsn in BSNS.values()]


def test_it_gives_an_nlgov_portal_no_bsn_anywhere(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    tokens = portal.tokens(bram, whom=anna)
    said = [str(read(tokens[name])) for name in ("id_token", "access_token")]
    said.append(portal.userinfo(tokens["access_token"]).content.decode())
    assert not [bsn for bsn in ALL for text in said if bsn in text]


def test_it_puts_no_bsn_in_pages_and_addresses(stock: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    address = stock.ask()
    stock.log_in(bram)
    page = stock.browser.get(address).content.decode()
    location = stock.choose(address, anna)["Location"]
    assert not [bsn for bsn in ALL if bsn in page + address + location]


def test_it_logs_no_bsn_no_token_and_no_code(
    stock: RelyingParty,
    anna: Party,
    bram: Party,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    active(anna, bram)
    code = stock.code(bram, whom=anna)
    tokens = stock.exchange(code).json()
    stock.exchange(code)
    stock.exchange(code, client_secret="wrong")
    stock.userinfo(tokens["access_token"])
    written = capsys.readouterr()
    logged = caplog.text + written.out + written.err
    assert "code refused" in logged
    secrets = (*ALL, code, tokens["id_token"], tokens["access_token"])
    assert not [secret for secret in secrets if secret in logged]
    assert "state-of-a-portal" not in logged


def test_it_writes_no_bsn_and_no_code_in_the_journal(stock: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    code = stock.code(bram, whom=anna)
    stock.exchange(code)
    entries = str(list(JournalEntry.objects.values()))
    assert not [secret for secret in (*ALL, code) if secret in entries]


def test_it_gives_no_portal_our_own_id_of_a_person(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    address = portal.ask()
    portal.log_in(bram)
    answer = portal.choose(address, anna)["Location"]
    tokens = portal.exchange(answer_in(portal.choose(address, anna))["code"]).json()
    said = [answer, *(str(read(tokens[name])) for name in ("id_token", "access_token"))]
    said.append(portal.userinfo(tokens["access_token"]).content.decode())
    ids = [form for person in (anna, bram) for form in (str(person.id), person.id.hex)]
    assert not [one for one in ids for text in said if one in text]


def test_it_logs_nothing_of_what_a_portal_asks(
    portal: RelyingParty, bram: Party, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    hint = portal.tokens(bram)["id_token"]
    claims = '{"userinfo": {"urn:nl-eid-gdi:1.0:id:BSN": {"value": "999990019"}}}'
    asked: dict[str, Changes] = {"id_token_hint": hint, "login_hint": "bram@post.example", "claims": claims}
    reference = portal.pushed(**asked)
    assert portal.come(reference).status_code == 303
    assert portal.push(**{**asked, "claims": claims[:-1]}).status_code == 400
    assert portal.push(request=hint, **asked).status_code == 400
    assert answer_in(portal.authorize(**{**asked, "request": hint}))["error"] == "invalid_request_object"
    written = capsys.readouterr()
    logged = caplog.text + written.out + written.err
    assert "openid/par" in logged
    for secret in (hint, hint.split(".")[1], "post.example", "999990019", reference.rpartition(":")[2], STATE, NONCE):
        assert secret not in logged


@pytest.mark.usefixtures("catalogue")
def test_it_gives_two_sectors_two_ids_for_one_person(portal: RelyingParty, anna: Party, bram: Party) -> None:
    other = registered(terms_of("ander"))
    active(anna, bram, what=terms())
    here, there = (read(one.tokens(bram, whom=anna)["id_token"]) for one in (portal, other))
    assert here["sub"] != there["sub"]
    assert here["represents"]["sub"] != there["represents"]["sub"]


def test_it_gives_one_sector_the_same_id_every_time(portal: RelyingParty, bram: Party) -> None:
    first, second = (read(portal.tokens(bram)["id_token"]) for _ in range(2))
    assert first["sub"] == second["sub"]
    assert first["jti"] != second["jti"]
    assert first["sid"] != second["sid"]


def test_it_tells_the_portal_nothing_of_who_cancelled(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    answer = answer_in(portal.browser.post(address, {"cancel": "1"}))
    assert answer.keys() - {"taal"} == {"error", "error_description", "state", "iss"}
