"""What Debian's package manager can add, when it is there and we may use it."""

import os
import shutil

from tools import commands
from tools.say import Trouble, step


def can_install() -> bool:
    """Whether packages can be added here: root, and apt-get present."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(name: str) -> None:
    """Add one Debian package. Raises `Trouble` with what to type when that is not possible."""
    if not can_install():
        raise Trouble(f"Debian's package {name} is missing. Type:  sudo apt-get install {name}  and try again.")
    advice = f"Look at the lines above, then try:  apt-get update && apt-get install {name}"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"adding Debian's package {name}"):
        commands.run(["apt-get", "update"], log="apt", environment=environment, advice=advice)
        commands.run(
            ["apt-get", "install", "-y", "--no-install-recommends", name],
            log="apt",
            environment=environment,
            advice=advice,
        )
