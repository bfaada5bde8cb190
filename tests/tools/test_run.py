"""Starting everything with one command, and stopping it, as a person at a terminal sees it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import places, practice_staff, programs
from tools.practice import Practice
from tools.practice_portals import Ports, port_from
from tools.run import welcome
from tools.say import Trouble

# The real thing takes minutes on a fresh machine; here two small web servers stand in for its programs.
STAND_IN = """
import sys
from pathlib import Path
from tools import run
from tools.practice import Practice
from tools.programs import Program

def program(name, port):
    return Program(name=name, command=[sys.executable, "-m", "http.server", str(port)], port=port, health="/")

Practice.programs = lambda self: [program("pages", self.ports.pages), program("rehearsal", self.ports.rehearsal)]
Practice.preparations = lambda self: [("making ready", lambda: None)]
run.main([])
"""


@contextmanager
def started(folder: Path, ports: Ports) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ,
        "NAMENS_VAR": str(folder),
        "NAMENS_PAGES_PORT": str(ports.pages),
        "REHEARSAL_PORT": str(ports.rehearsal),
    }
    command = [sys.executable, "-c", STAND_IN]
    with subprocess.Popen(
        command, cwd=places.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def read_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
    raise AssertionError(f"never said {words!r}: {''.join(said)}")


def child_on(port: int, *, of: int) -> int:
    children = Path(f"/proc/{of}/task/{of}/children").read_text(encoding="utf-8").split()
    (found,) = (int(child) for child in children if str(port).encode() in Path(f"/proc/{child}/cmdline").read_bytes())
    return found


def is_free(ports: Ports) -> bool:
    return not programs.is_taken(ports.pages) and not programs.is_taken(ports.rehearsal)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_everything_when_asked(number: signal.Signals, tmp_path: Path) -> None:
    ports = Ports.free()
    with started(tmp_path, ports) as process:
        read_until(process, "Ctrl-C stops everything")
        assert not is_free(ports)
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
    assert is_free(ports)


def test_it_does_not_mind_being_asked_twice(tmp_path: Path) -> None:
    ports = Ports.free()
    with started(tmp_path, ports) as process:
        read_until(process, "Ctrl-C stops everything")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert is_free(ports)


def test_it_says_which_port_is_in_use(tmp_path: Path) -> None:
    ports = Ports.free()
    with started(tmp_path, ports) as first:
        read_until(first, "Ctrl-C stops everything")
        with started(tmp_path, ports) as second:
            _, complaint = second.communicate(timeout=20)
            assert second.returncode == 1
        assert first.poll() is None
    assert f"Port {ports.pages} is in use already; pages needs it." in complaint


def test_it_says_which_program_died_and_stops_the_rest(tmp_path: Path) -> None:
    ports = Ports.free()
    with started(tmp_path, ports) as process:
        read_until(process, "Ctrl-C stops everything")
        os.kill(child_on(ports.rehearsal, of=process.pid), signal.SIGKILL)
        _, complaint = process.communicate(timeout=20)
        assert process.returncode == 1
    assert "rehearsal has stopped (status -9)" in complaint
    assert is_free(ports)


def test_it_shows_every_address(tmp_path: Path) -> None:
    ports = Ports(pages=1, decisions=7, rehearsal=2, toeslagen=3, tax=4, pension=6, mail=5)
    text = welcome(Practice(folder=tmp_path, ports=ports, database_url="sqlite:///unused"))
    assert [f"http://localhost:{number} " in text for number in (1, 2, 3, 4, 6, 7)] == [True] * 6


def test_it_invites_who_has_not_begun_and_shows_the_links(tmp_path: Path) -> None:
    def namens(*words: str) -> str:
        listed = "karim@namens.example  helpdesk_agent  runs: Karim, helpdesk\n"
        return listed if words[1] == "list" else "http://localhost:1/medewerkers/uitnodiging/x\n"

    practice_staff.invite(namens, folder=tmp_path)
    text = welcome(Practice(folder=tmp_path, ports=Ports.free(), database_url="sqlite:///unused"))
    assert "Olga, beheer: http://localhost:1/medewerkers/uitnodiging/x" in text
    assert "Hester, helpdesk: http://localhost:1/medewerkers/uitnodiging/x" in text
    assert "Karim" not in text


@pytest.mark.parametrize("text", ["", "eighty", "0", "65536", "-1", "٣٠٠٠"])
def test_it_refuses_a_port_that_is_none(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_PAGES_PORT", text)
    with pytest.raises(Trouble, match="NAMENS_PAGES_PORT"):
        port_from("NAMENS_PAGES_PORT", 8000)


def test_it_makes_practice_keys_once_and_for_their_owner_only(tmp_path: Path) -> None:
    practice = Practice(folder=tmp_path, ports=Ports.free(), database_url="sqlite:///unused")
    first, second = practice.environment(), practice.environment()
    assert first["NAMENS_KEYS"] == second["NAMENS_KEYS"]
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
