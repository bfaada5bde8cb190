"""`python -m mijn_toeslagen` starts the portal; `… keys` makes its key; `… token` prints a token of its machine."""

import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from namens_client import NoAnswer

from mijn_toeslagen import keys, machine
from mijn_toeslagen.settings import WrongSetting, from_environment

HOW = "Use:  python -m mijn_toeslagen [serve | token | keys FILE [RS256 | PS256]]"


def main(words: list[str]) -> int:
    """Do what is asked; gives the exit status."""
    match words:
        case [] | ["serve"]:
            return serve()
        case ["token"]:
            return show_token()
        case ["keys", path]:
            return make_key(Path(path))
        case ["keys", path, ("RS256" | "PS256") as algorithm]:
            return make_key(Path(path), algorithm=algorithm)
        case _:
            print(HOW, file=sys.stderr)
            return 2


def serve() -> int:
    """Serve until stopped."""
    try:
        settings = from_environment()
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    Granian(
        "mijn_toeslagen.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def show_token() -> int:
    """Print a token with which our machine can ask for decisions for five minutes, for trying out with curl."""
    try:
        settings = from_environment()
        ours = machine.connect(settings)
        if ours is None or not settings.decisions:
            raise WrongSetting("PORTAL_DECISIONS is missing.")
        with ours:
            print(ours.token(machine.DECISIONS))
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except NoAnswer as problem:
        print(f"Namens gave no token: {problem}", file=sys.stderr)
        return 1
    return 0


def make_key(private: Path, *, algorithm: str = "RS256") -> int:
    """Make a key and say what to do with it; a portal of the profile `fapi` needs one for PS256."""
    try:
        public = keys.make(private, algorithm=algorithm)
    except keys.KeyExists:
        print(f"{private} exists already. Choose another name, or take it away first.", file=sys.stderr)
        return 1
    print(f"Private key: {private} (PORTAL_KEY). Keep it here, and keep it secret.")
    print(f"Public keys: {public}. Give these to Namens:  namens portal add … --jwks {public}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
