"""A site on openid-client in Node.js with pushed requests and DPoP, as an `nlgov` and as a `fapi` portal."""

from collections.abc import Mapping
from functools import partial

from tests.foreign import environment
from tests.foreign.stock_site import SERVICE_ID, StockSite, free_address, workplace
from tools import commands
from tools.practice import Practice
from tools.programs import Program

CLIENT = "openid_client"
WITH_BSN: Mapping[str, str] = {"BSN": "yes"}
SEALED = ("--bsn-basis", "Voorbeeldwet, artikel 1", "--id-token-encryption", "ECDH-ES+A256KW")


def _site(practice: Practice, *, profile: str, with_bsn: bool = False) -> StockSite:
    """Make its keys and say how to start it. Raises `Trouble`, or `NotHere`."""
    name, (port, address) = "node-with-bsn" if with_bsn else f"node-{profile}", free_address()
    node, site = environment.node(CLIENT)
    folder = workplace(practice, name=name)
    commands.run([node, site / "make-key.mjs"], log="foreign", folder=folder)
    program = Program(
        name=f"site-{name}",
        command=[node, site / "portal.mjs"],
        port=port,
        health="/",
        folder=folder,
        environment={
            "ISSUER": practice.pages_address,
            "CLIENT_ID": name,
            "SERVICE": SERVICE_ID,
            "ADDRESS": address,
            "PORT": str(port),
            "KEY": "private.json",
            **(WITH_BSN if with_bsn else {}),
        },
    )
    terms = (
        *("--profile", profile, "--jwks", str(folder / "public.json"), "--algorithm", "PS256", "--binding", "dpop"),
        *("--names", "--redirect-uri", f"{address}/login/back", "--post-logout-redirect-uri", f"{address}/"),
        *("--back-channel-logout-uri", f"{address}/logout/notice"),
        *(SEALED if with_bsn else ()),
    )
    return StockSite(name=name, practice=practice, terms=terms, program=program)


nlgov, fapi = (partial(_site, profile=profile) for profile in ("nlgov", "fapi"))
with_bsn = partial(_site, profile="nlgov", with_bsn=True)
