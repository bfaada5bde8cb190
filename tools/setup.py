"""Make everything that the project needs to run and to be tested: `python3 -m tools.setup`.

Runs with the system's Python, before `.venv` is there. Every step is skipped when nothing changed since the last time.
"""

import argparse
import importlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import commands, packages, places, stamps
from tools.say import Trouble, fail, line, step

NEEDED_PYTHON = (3, 11)
STAMP = ".namens-setup"
STYLES = places.ROOT / "assets" / "built"
NETWORK_ADVICE = "This step needs the internet. Look whether pypi.org can be reached, then try again."
NPM_ADVICE = "This step needs the internet. Look whether registry.npmjs.org can be reached, then try again."


def main(arguments: Sequence[str] | None = None) -> None:
    """Set up; say what is done; leave with status 1 and advice when a step fails."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.setup", description=__doc__)
    parser.add_argument("--again", action="store_true", help="do every step again, also when nothing changed")
    try:
        set_up(again=parser.parse_args(arguments).again)
    except Trouble as trouble:
        fail(trouble)
    except KeyboardInterrupt:
        line("\nStopped. The next time goes on where this one ended.")
        raise SystemExit(130) from None


def set_up(*, again: bool = False) -> None:
    """Do the steps that are needed. Raises `Trouble` with what to do when one fails."""
    if again:
        forget()
    check_python()
    line("Setting up")
    install_python_packages()
    build_styles()
    compile_translations()
    install_portal()
    line("  everything is in place")


def forget() -> None:
    """Forget what was done before."""
    for folder in (places.VENV, places.PORTAL / ".venv", STYLES):
        (folder / STAMP).unlink(missing_ok=True)
    shutil.rmtree(places.var() / "stamps", ignore_errors=True)


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info < NEEDED_PYTHON:
        found, needed = (".".join(map(str, version[:2])) for version in (sys.version_info, NEEDED_PYTHON))
        raise Trouble(f"This is Python {found}; Namens needs {needed} or newer. Try:  make PYTHON=python{needed} …")


def install_python_packages() -> None:
    """Make `.venv` with exactly the packages of the lock, and this project and its client library in it."""
    value = stamps.fingerprint([places.LOCK, places.ROOT / "pyproject.toml", places.CLIENT / "pyproject.toml"])
    stamp = places.VENV / STAMP
    if stamps.is_current(stamp, value=value) and is_whole(places.VENV):
        return
    make_environment(places.VENV)
    with step("installing the Python packages of requirements.lock (about a minute)"):
        pip(places.VENV, "install", "--require-hashes", "--requirement", places.LOCK)
    with step("installing Namens itself"):
        pip(places.VENV, "install", "--no-deps", "--editable", places.ROOT)
        pip(places.VENV, "install", "--no-deps", "--editable", places.CLIENT)
    stamps.write(stamp, value=value)


def install_portal() -> None:
    """Make the example portal's own environment: a separate program with its own packages, and our client library."""
    wanted = places.PORTAL / "requirements-test.txt"
    folder = places.PORTAL / ".venv"
    value = stamps.fingerprint([wanted, places.PORTAL / "requirements.txt", places.CLIENT / "pyproject.toml"])
    stamp = folder / STAMP
    if stamps.is_current(stamp, value=value) and is_whole(folder):
        return
    make_environment(folder)
    with step("installing the packages of the example portal and of its tests"):
        pip(folder, "install", "--requirement", wanted)
        pip(folder, "install", "--no-deps", "--editable", places.CLIENT)
    stamps.write(stamp, value=value)


def make_environment(folder: Path) -> None:
    """Make an empty Python environment; on Debian the package for that may have to be added first."""
    if not has_venv():
        packages.install("python3-venv")
        importlib.invalidate_caches()
    if not has_venv():
        raise Trouble(f"{sys.executable} cannot make environments (it has no ensurepip). Try another:  make PYTHON=…")
    if is_whole(folder):
        return
    with step(f"making {folder.relative_to(places.ROOT)}"):
        commands.run([sys.executable, "-m", "venv", "--clear", folder], log="setup")


def is_whole(environment: Path) -> bool:
    """Whether an environment can be used; after an upgrade of Debian its Python may point to nothing."""
    return all((environment / "bin" / name).exists() for name in ("python", "pip"))


def has_venv() -> bool:
    """Whether this Python can make environments. Debian leaves out `ensurepip` without its package python3-venv."""
    return importlib.util.find_spec("venv") is not None and importlib.util.find_spec("ensurepip") is not None


def build_styles() -> None:
    """Bundle the design system and our own styles."""
    assets = places.ROOT / "assets"
    sources = [assets / "src", assets / "build.py", assets / "package-lock.json"]
    value = stamps.fingerprint(sources)
    stamp = STYLES / STAMP
    if stamps.is_current(stamp, value=value):
        return
    with step("building the styles"):
        commands.run([places.PYTHON, assets / "build.py"], log="setup", advice=NPM_ADVICE)
    stamps.write(stamp, value=value)


def compile_translations() -> None:
    """Turn the texts into the form that Django reads, and list those that a language cannot do without."""
    locale = places.ROOT / "locale"
    value = stamps.fingerprint([*locale.rglob("*.po"), places.ROOT / "src" / "namens", places.ROOT / "templates"])
    stamp = places.var() / "stamps" / "translations"
    made = [locale / "needed.json", *(po.with_suffix(".mo") for po in locale.rglob("*.po"))]
    if stamps.is_current(stamp, value=value) and all(path.exists() for path in made):
        return
    with step("compiling the translations"):
        commands.run([places.PYTHON, "-m", "tools.translations", "compile"], log="setup")
    stamps.write(stamp, value=value)


def pip(environment: Path, *arguments: str | Path) -> None:
    """Run the pip of an environment, without questions and without its version notice."""
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    python = environment / "bin" / "python"
    commands.run([python, "-m", "pip", *arguments], log="setup", environment=quiet, advice=NETWORK_ADVICE)


if __name__ == "__main__":
    main()
