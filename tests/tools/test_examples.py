"""What a portal team copies from a page is what the tests ran."""

import json
import re

import pytest

from tools import examples, places

SHOWN = re.findall(r"<!-- file: (\S+) -->", examples.PAGE.read_text(encoding="utf-8"))
FOREIGN = places.ROOT / "tests" / "foreign"
PROGRAMS = [
    *FOREIGN.glob("authlib_flask/site/*.py"),
    *FOREIGN.glob("openid_client/site/*.mjs"),
    *(places.PORTAL / name for name in ("machine.py", "asking.py")),
    *(FOREIGN / "apache" / name for name in ("nlgov.conf", "compat.conf", "site.conf")),
]


def test_it_shows_every_file_as_it_is() -> None:
    page = examples.PAGE.read_text(encoding="utf-8")
    assert page == examples.filled(page), "Type: .venv/bin/python -m tools.examples"


def test_it_leaves_out_no_program() -> None:
    assert {str(program.relative_to(places.ROOT)) for program in PROGRAMS} - set(SHOWN) == set()


def test_it_notices_a_block_that_differs() -> None:
    block = f"<!-- file: {SHOWN[0]} -->\n```python\nsomething else\n```\n"
    assert examples.filled(block) == f"<!-- file: {SHOWN[0]} -->\n```python\n{examples.contents(SHOWN[0])}```\n"


def test_it_refuses_to_show_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        examples.filled("<!-- file: tests/foreign/nothing -->\n```python\n```\n")


def test_it_gives_keycloak_json_that_can_be_read() -> None:
    realm = json.loads((places.ROOT / "docs" / "keycloak-realm.json").read_text(encoding="utf-8"))
    claims = json.loads(realm["identityProviderMappers"][0]["config"]["claims"])
    notes = {mapper["config"]["user.session.note"] for mapper in realm["clientScopes"][0]["protocolMappers"]}
    assert {claim["key"] for claim in claims} == notes
