"""A site on Authlib in Flask, as an `nlgov` portal."""

import secrets

from tests.foreign import environment
from tests.foreign.stock_site import SERVICE_ID, StockSite, free_address, workplace
from tools import commands
from tools.practice import Practice
from tools.programs import Program

CLIENT = "authlib_flask"


def nlgov(practice: Practice) -> StockSite:
    """Make its key and say how to start it. Raises `Trouble`, or `NotHere`."""
    name = "flask-nlgov"
    python, site = environment.python(CLIENT), environment.HERE / CLIENT / "site"
    folder, (port, address) = workplace(practice, name=name), free_address()
    commands.run([python, site / "make_key.py"], log="foreign", folder=folder)
    program = Program(
        name=f"site-{name}",
        command=[python, site / "portal.py"],
        port=port,
        health="/",
        folder=folder,
        environment={
            "ISSUER": practice.pages_address,
            "CLIENT_ID": name,
            "SERVICE": SERVICE_ID,
            "KEY": "private.pem",
            "SECRET_KEY": secrets.token_urlsafe(32),
            "PORT": str(port),
        },
    )
    terms = (
        *("--jwks", str(folder / "public.json"), "--names"),
        *("--redirect-uri", f"{address}/login/back", "--post-logout-redirect-uri", f"{address}/"),
        *("--back-channel-logout-uri", f"{address}/logout/notice"),
    )
    return StockSite(name=name, practice=practice, terms=terms, program=program)
