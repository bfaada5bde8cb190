"""Programs that live and die together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import programs
from tools.programs import Program, Programs
from tools.say import Trouble

WITH_CHILD = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(99)"
)
DIES_SOON = (
    "import signal, sys\n"
    "signal.signal(signal.SIGUSR1, lambda *_: sys.exit('the database is gone'))\n"
    "print('here', flush=True)\n"
    "signal.pause()\n"
)


def web_server(name: str = "pages") -> Program:
    (port,) = programs.free_ports(1)
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    return Program(name=name, command=command, port=port, health="/")


def script(text: str, *, name: str = "worker") -> Program:
    return Program(name=name, command=[sys.executable, "-c", text])


def is_alive(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return ") Z" not in status


def wait_until(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def test_it_waits_until_every_program_answers(tmp_path: Path) -> None:
    first, second = web_server("pages"), web_server("rehearsal")
    with Programs([first, second], logs=tmp_path):
        assert programs.answers(first)
        assert programs.answers(second)


def test_it_stops_every_program_at_the_end(tmp_path: Path) -> None:
    program = web_server()
    with Programs([program], logs=tmp_path) as started:
        number = started.running[0].process.pid
    assert not is_alive(number)
    assert not programs.is_taken(program.port or 0)


def test_it_stops_what_a_program_has_started(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with Programs([script(WITH_CHILD)], logs=tmp_path):
        wait_until(lambda: log.read_text(encoding="utf-8").strip().isdigit())
        grandchild = int(log.read_text(encoding="utf-8"))
        assert is_alive(grandchild)
    wait_until(lambda: not is_alive(grandchild))


def test_it_ends_a_program_that_will_not_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "GRACE_SECONDS", 0.2)
    with Programs([script(STUBBORN)], logs=tmp_path) as started:
        wait_until(lambda: (tmp_path / "worker.log").read_text(encoding="utf-8") == "here\n")
        number = started.running[0].process.pid
    assert not is_alive(number)


def test_it_says_which_port_is_in_use_before_it_starts_anything(tmp_path: Path) -> None:
    taken = web_server("pages")
    with Programs([taken], logs=tmp_path):
        again = Programs([script("print('started')"), taken], logs=tmp_path / "again")
        with pytest.raises(Trouble, match=rf"Port {taken.port} is in use already; pages needs it"):
            again.start()
    assert not (tmp_path / "again" / "worker.log").exists()


def test_it_says_which_program_died_with_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with Programs([web_server(), script(DIES_SOON)], logs=tmp_path) as started:
        wait_until(lambda: log.read_text(encoding="utf-8") == "here\n")
        started.running[1].process.send_signal(signal.SIGUSR1)
        with pytest.raises(Trouble, match=r"(?s)worker has stopped \(status 1\).*the database is gone"):
            started.watch(stopped=lambda: False)


def test_it_stops_the_others_when_one_dies_at_the_start(tmp_path: Path) -> None:
    broken = Program(name="rehearsal", command=[sys.executable, "-c", "raise SystemExit(3)"], port=1, health="/")
    healthy = web_server()
    together = Programs([healthy, broken], logs=tmp_path)
    with pytest.raises(Trouble, match=r"rehearsal has stopped \(status 3\)"), _ports_unchecked(together):
        pass
    assert not programs.answers(healthy)


def test_it_does_not_wait_for_ever(tmp_path: Path) -> None:
    silent = Program(
        name="pages", command=[sys.executable, "-c", "import time; time.sleep(600)"], port=programs.free_ports(1)[0]
    )
    together = Programs([silent], logs=tmp_path)
    together.start()
    try:
        with pytest.raises(Trouble, match="pages does not answer"):
            together.wait_until_ready(seconds=0.3)
    finally:
        together.stop()


def test_it_leaves_no_program_behind_when_it_is_killed_itself(tmp_path: Path) -> None:
    text = (
        "import sys, time; from pathlib import Path; from tools.programs import Program, Programs\n"
        f"started = Programs([Program(name='sleeper', command=['sleep', '600'])], logs=Path({str(tmp_path)!r}))\n"
        "started.start(); print(started.running[0].process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        number = int(starter.stdout.readline())
        # From the moment that the program itself runs; in the thousandths of a second before, nothing guards it.
        wait_until(lambda: Path(f"/proc/{number}/cmdline").read_bytes().startswith(b"sleep"))
        os.kill(starter.pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(number))


def test_it_finds_ports_that_differ() -> None:
    assert len(set(programs.free_ports(8))) == 8


def _ports_unchecked(together: Programs) -> Programs:
    # Port 1 stands for "never answers"; whether it may be used is not the point here.
    together.refuse_taken_ports = lambda: None  # type: ignore[method-assign] # one object, one test
    return together
