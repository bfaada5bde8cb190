"""A site behind Debian's Apache with mod_auth_openidc, as an `nlgov` and as a `compat` portal."""

import atexit
import os
import pwd
import secrets
import shutil
import tempfile
import urllib.request
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.foreign import environment
from tests.foreign.stock_site import SERVICE_ID, StockSite, free_address, workplace
from tools import commands
from tools.practice import Practice
from tools.programs import Program

FOLDER = environment.HERE / "apache"
SECRET = "SITE_CLIENT_SECRET"
RELIES_FOR = 1
BASIS = "Voorbeeldwet, artikel 1"


def nlgov(practice: Practice) -> StockSite:
    """Make its key, which Apache itself publishes, and say how to start it. Raises `Trouble`, or `NotHere`."""
    name, (port, address) = "apache-nlgov", free_address()
    folder = workplace(practice, name=name)
    make_key(folder)
    key_set = folder / "public.json"
    return StockSite(
        name=name,
        practice=practice,
        terms=("--jwks", str(key_set), "--names", *addresses(address)),
        program=program(practice, folder=folder, port=port, profile="nlgov"),
        relies_for=RELIES_FOR,
        prepare=lambda: key_set.write_bytes(fetched(f"{address}/mijn/terug?jwks=rsa")),
    )


def compat(practice: Practice) -> StockSite:
    """Make its secret and say how to start it. Raises `Trouble`, or `NotHere`."""
    name, (port, address) = "apache-compat", free_address()
    secret = {SECRET: secrets.token_urlsafe(32)}
    folder = workplace(practice, name=name)
    return StockSite(
        name=name,
        practice=practice,
        terms=("--profile", "compat", "--secret-env", SECRET, "--bsn-basis", BASIS, "--names", *addresses(address)),
        program=program(practice, folder=folder, port=port, profile="compat", more={"SECRET": secret[SECRET]}),
        environment=secret,
        relies_for=RELIES_FOR,
    )


def addresses(address: str) -> tuple[str, ...]:
    """Give the terms that the two have in common."""
    back = f"{address}/mijn/terug"
    return (
        *("--redirect-uri", back, "--back-channel-logout-uri", f"{back}?logout=backchannel"),
        *("--post-logout-redirect-uri", f"{address}/uitgelogd.html"),
    )


@cache
def pages() -> Path:
    """Give a copy of the pages that everybody can read: started by root, Apache answers as somebody else."""
    folder = tempfile.TemporaryDirectory(prefix="namens-apache-")
    atexit.register(folder.cleanup)
    path = Path(folder.name)
    path.chmod(0o755)
    shutil.copytree(FOLDER / "site", path, dirs_exist_ok=True)
    return path


def make_key(folder: Path) -> None:
    """Make an RSA key as two PEM files."""
    commands.run(["openssl", "genrsa", "-out", "private.pem", "3072"], log="foreign", folder=folder)
    commands.run(
        ["openssl", "rsa", "-in", "private.pem", "-pubout", "-out", "public.pem"], log="foreign", folder=folder
    )


def fetched(url: str) -> bytes:
    """Give what stands at an address of this machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=5) as answer:
        body: bytes = answer.read()
    return body


def program(
    practice: Practice, *, folder: Path, port: int, profile: str, more: Mapping[str, str] | None = None
) -> Program:
    """Give the Apache for one profile."""
    name = f"apache-{profile}"
    values = {
        "ISSUER": practice.pages_address,
        "CLIENT_ID": name,
        "SERVICE": SERVICE_ID,
        "ADDRESS": f"http://localhost:{port}",
        "PORT": str(port),
        "FOLDER": str(folder),
        "PASSPHRASE": secrets.token_urlsafe(32),
        "PROFILE": profile,
        "CONFIGURATION": str(FOLDER),
        "PAGES": str(pages()),
        "MODULES": str(environment.MODULES),
        "RUN_AS": "www-data" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name,
        **(more or {}),
    }
    command: list[str | Path] = [environment.apache(), "-DFOREGROUND", "-f", FOLDER / "server.conf"]
    return Program(name=f"site-{name}", command=command, port=port, health="/", environment=values)
