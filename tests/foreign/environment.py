"""The foreign client's own Python environment, in `<var>/foreign`: its packages may not meet ours."""

from pathlib import Path

from tools import commands, places, setup, stamps

FOLDER = Path(__file__).parent / "digid_eherkenning"
WANTED = FOLDER / "requirements.txt"


def python() -> Path:
    """Make the environment when it is not there or not as wanted; gives its Python. Raises `Trouble`."""
    folder = places.var() / "foreign" / FOLDER.name / ".venv"
    value = stamps.fingerprint([WANTED])
    stamp = folder / setup.STAMP
    if not (stamps.is_current(stamp, value=value) and setup.is_whole(folder)):
        commands.run([places.PYTHON, "-m", "venv", "--clear", folder], log="setup")
        setup.pip(folder, "install", "--no-deps", "--requirement", WANTED)
        setup.pip(folder, "check")
        stamps.write(stamp, value=value)
    return folder / "bin" / "python"
