"""House rules that no other checker looks at."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("src", "tests", "tools", "rehearsal", "benchmarks", "clients")
NOT_OURS = {"migrations", "node_modules", ".venv", "__pycache__", "namens.egg-info", "namens_client.egg-info"}
ROOMS = ("journal", "outbox", "parties", "services", "codes", "mandates")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "core", "base", "managers", "signals", "misc"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
    "time.time_ns",
}
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
MAX_FILE, MAX_FUNCTION, MAX_VIEW = 300, 40, 25

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if not NOT_OURS & set(path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def place(path: Path, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a call, as far as it is only names; the last two parts."""
    return ".".join(ast.unparse(node).split(".")[-2:]) if isinstance(node, ast.Attribute) else ""


def all_arguments(node: Function) -> list[ast.arg]:
    spec = node.args
    rest = [argument for argument in (spec.vararg, spec.kwarg) if argument]
    return [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *rest]


def test_it_finds_the_code_that_it_judges() -> None:
    assert ROOT / "src" / "namens" / "__init__.py" in python_files()


def test_it_has_no_file_over_300_lines() -> None:
    sizes = {path: path.read_text(encoding="utf-8").count("\n") for path in python_files()}
    assert [f"{path.relative_to(ROOT)}: {size}" for path, size in sizes.items() if size > MAX_FILE] == []


def test_it_has_no_function_over_40_lines() -> None:
    long = [(path, node) for path in python_files() for node in functions(path) if length(node) > MAX_FUNCTION]
    assert [f"{place(path, node)} {node.name}: {length(node)} lines" for path, node in long] == []


def test_it_has_no_view_over_25_lines() -> None:
    views = [
        (path, node)
        for room in ("pages", "openid")
        for path in (ROOT / "src" / "namens" / room).rglob("*.py")
        for node in functions(path)
        if any(argument.arg == "request" for argument in node.args.args)
    ]
    assert [f"{place(path, node)} {node.name}" for path, node in views if length(node) > MAX_VIEW] == []


def test_it_types_every_function() -> None:
    untyped = [
        f"{place(path, node)} {node.name}"
        for path in python_files()
        for node in functions(path)
        if node.returns is None
        or any(argument.annotation is None for argument in all_arguments(node) if argument.arg not in ("self", "cls"))
    ]
    assert untyped == []


def test_it_reads_the_clock_in_one_place_only() -> None:
    calls = [
        f"{place(path, node)} {dotted(node.func)}"
        for path in python_files()
        if path.is_relative_to(ROOT / "src") and path != ROOT / "src" / "namens" / "lib" / "clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func) in CLOCKS
    ]
    assert calls == []


# Django answers with a request id whatever goes wrong in a page. This door is its own outermost; its lanes and threads
# go on whatever goes wrong, since nobody would begin them again.
OUTERMOST = [
    ROOT / "src" / "namens" / "api" / "door.py",
    *(ROOT / "src" / "namens" / "decisions" / name for name in ("door.py", "postgresql.py", "pulse.py")),
    ROOT / "src" / "namens" / "worker" / "replicas.py",
]


def test_it_never_catches_every_exception() -> None:
    handlers = [
        place(path, node)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and path not in OUTERMOST
    ]
    assert handlers == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None or "Exception" in names_in(handler.type):
        return True
    # Cleaning up and raising again swallows nothing.
    raises_again = any(isinstance(node, ast.Raise) and node.exc is None for node in handler.body)
    return "BaseException" in names_in(handler.type) and not raises_again


def names_in(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def test_it_leaves_nothing_to_do_in_comments() -> None:
    found = [path.relative_to(ROOT) for path in python_files() if UNFINISHED.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_it_gives_every_exception_to_a_checker_a_reason() -> None:
    bare = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[\w, -]+\])?)\s*$", re.MULTILINE)
    found = [path.relative_to(ROOT) for path in python_files() if bare.search(path.read_text(encoding="utf-8"))]
    assert found == []


# Django looks for a database by this name.
ENGINE = ROOT / "src" / "namens" / "replicas" / "base.py"


def test_it_has_no_module_whose_name_says_nothing() -> None:
    named = [path for path in python_files() if {path.stem, path.parent.name} & FORBIDDEN_NAMES and path != ENGINE]
    assert [str(path.relative_to(ROOT)) for path in named] == []


def test_it_has_no_module_called_services_in_a_room() -> None:
    assert [str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("services.py")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_it_finds_models_in_every_room_of_the_field(room: str) -> None:
    folder = ROOT / "src" / "namens" / room
    assert (folder / "models.py").exists() or (folder / "models").is_dir()


def test_it_keeps_views_and_templates_out_of_the_rooms() -> None:
    outside = {"views", "forms", "templates", "middleware"}
    found = [path for room in ROOMS for path in (ROOT / "src" / "namens" / room).rglob("*") if path.stem in outside]
    assert found == []


def test_it_makes_every_folder_with_tests_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_it_names_every_test_as_a_sentence() -> None:
    short = [
        f"{place(path, node)} {node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in functions(path)
        if node.name.startswith("test") and not node.name.startswith("test_it_")
    ]
    assert short == []
