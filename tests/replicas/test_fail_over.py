"""The primary is lost, or believes that it still is one: servers of their own, for they are not put together again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.replicas.acting import acting, working
from tests.replicas.looking import comes_true, is_stopped, refuses, until_it_beats
from tools import replicas
from tools.replicas import Bench

pytestmark = [pytest.mark.slow, pytest.mark.one_database]
RIGHTS = (
    "CREATE ROLE {role} LOGIN",
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT ALTER SYSTEM ON PARAMETER synchronous_standby_names TO {role}",
    "GRANT EXECUTE ON FUNCTION pg_reload_conf() TO {role}",
    "GRANT pg_read_all_stats TO {role}",
)


@pytest.fixture
def bench() -> Iterator[Bench]:
    """Servers that this test alone has."""
    if replicas.binaries() is None:
        pytest.skip(replicas.ADVICE)
    with replicas.running() as bench:
        yield bench


def test_it_leaves_an_old_primary_refusing(bench: Bench, tmp_path: Path) -> None:
    """It was cut off and another took its place: it accepts writes, has no replica, and nobody makes its heart beat."""
    with acting(bench, log=tmp_path / "actor.log") as actor:
        with working(bench, log=tmp_path / "worker.log"):
            until_it_beats(bench)
            _, mandate = actor.does("give")
            actor.does("stop", mandate=mandate)
        bench["r1"].promote()
        new = Bench(servers=[bench["r1"]], primary_name="r1", names=("primary", "r2"))
        with working(new, log=tmp_path / "worker.log"):
            assert comes_true(lambda: not refuses(bench["r1"]), within=20)
            assert comes_true(lambda: refuses(bench.primary), within=3)
            # It follows the old one still.
            assert refuses(bench["r2"])
            assert is_stopped(bench["r1"], mandate)
            assert comes_true(lambda: not new.waited_for, within=10)


@pytest.mark.parametrize("rights", [RIGHTS, RIGHTS[:2]], ids=["with-rights", "without"])
def test_it_works_with_the_rights_that_are_documented(bench: Bench, tmp_path: Path, rights: Sequence[str]) -> None:
    """Without them the heart beats all the same, and the list stays as it is."""
    has_rights = rights == RIGHTS
    with acting(bench, log=tmp_path / "actor.log"):
        for statement in rights:
            bench.primary.execute(statement.format(role="namens_worker"), database="namens")
    bench.until_alike()
    log = tmp_path / "worker.log"
    with working(bench, log=log, role="namens_worker"):
        assert comes_true(lambda: not refuses(bench.primary), within=20)
        assert comes_true(lambda: len(bench.waited_for) == 2, within=5) == has_rights
        assert not refuses(bench["r1"])
    assert ("cannot be changed" in log.read_text()) != has_rights


def test_it_forgets_nothing_that_was_told_when_the_primary_is_lost(bench: Bench, tmp_path: Path) -> None:
    """Each replica has what was told, so whichever takes over has it too."""
    with acting(bench, log=tmp_path / "actor.log") as actor, working(bench, log=tmp_path / "worker.log"):
        until_it_beats(bench)
        for name in ("r1", "r2"):
            _, mandate = actor.does("give")
            actor.does("stop", mandate=mandate)
            assert is_stopped(bench[name], mandate)
        bench.primary.kill()
        bench["r2"].promote()
        assert is_stopped(bench["r2"], mandate)
        assert comes_true(lambda: refuses(bench["r2"]), within=3)
