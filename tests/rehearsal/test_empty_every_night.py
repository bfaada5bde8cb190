"""A practice environment of its own: never with the settings of another deployment, emptied at night, nothing else."""

import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.practice import nights
from rehearsal.practice.environment import ALLOWED, BANNER, MARK, SHARED_SECRET, Environment, refuse_settings
from rehearsal.practice.nights import Day, Emptying, alone, empty, is_left_over, next_night
from tests.rehearsal.surfing import Surfer
from tools import fixed_settings, places, programs
from tools.practice_portals import Ports
from tools.run import Stopping
from tools.say import Trouble

PORTS = Ports(pages=9000, decisions=9001, rehearsal=9002, toeslagen=9003, tax=9004, pension=9006, mail=9005)
READY_SECONDS = 180
PRACTICE = [sys.executable, "-m", "rehearsal", "practice"]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment.at(tmp_path / "environment", ports=PORTS)


@pytest.mark.parametrize(
    "name",
    [
        "NAMENS_DATABASE_URL",
        "NAMENS_KEYS",
        "NAMENS_BASE_URL",
        "NAMENS_BRP_URL",
        "NAMENS_ENVIRONMENT",
        "DJANGO_SETTINGS_MODULE",
    ],
)
def test_it_refuses_to_start_among_settings_of_another_deployment(name: str) -> None:
    with pytest.raises(Trouble, match=name):
        refuse_settings({"PATH": "/bin", name: "sqlite:////var/lib/namens/namens.sqlite3"})


def test_it_takes_ports_and_addresses() -> None:
    refuse_settings({"PATH": "/bin", **dict.fromkeys(ALLOWED, "8000")})


def test_it_lets_nothing_of_another_deployment_reach_its_programs(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in fixed_settings.settings(database_url="postgresql://somewhere/else").items():
        monkeypatch.setenv(name, value)
    made = environment.environment()
    assert made["NAMENS_DATABASE_URL"] == f"sqlite:///{environment.folder / 'namens.sqlite3'}"
    assert made["NAMENS_ENVIRONMENT"] == "practice"
    assert made["NAMENS_BANNER"] == BANNER
    assert not {fixed_settings.KEY, fixed_settings.PAIRWISE_KEY} & set(re.split("[:,]", ",".join(made.values())))
    assert all(
        program.environment.get("NAMENS_DATABASE_URL", "") in ("", made["NAMENS_DATABASE_URL"])
        for program in environment.programs()
    )


def test_it_makes_secrets_of_its_own_that_only_it_can_read(environment: Environment) -> None:
    made = environment.environment()
    files = [Path(made["NAMENS_BROKERS"]), Path(made["REHEARSAL_CLIENTS"]), environment.folder / "secrets.json"]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert not [file for file in files if SHARED_SECRET in file.read_text(encoding="utf-8")]
    assert made["NAMENS_BRP_API_KEY"] == made["REHEARSAL_BRP_API_KEY"] != "rehearsal-key"
    before = {name: made[name] for name in ("NAMENS_KEYS", "NAMENS_PAIRWISE_KEY", "NAMENS_BRP_API_KEY")}
    assert {name: environment.environment()[name] for name in before} == before
    empty(environment.folder)
    assert not [name for name, value in before.items() if environment.environment()[name] == value]


def test_it_has_addresses_of_its_own_when_people_come_from_elsewhere(tmp_path: Path) -> None:
    public = {"pages": "https://oefenen.example.nl", "rehearsal": "https://begin.oefenen.example.nl"}
    made = Environment.at(tmp_path / "environment", ports=PORTS, public=public).environment()
    assert made["NAMENS_BASE_URL"] == public["pages"]
    assert made["PRACTICE_DIGID"] == f"{public['rehearsal']}/digid"
    assert made["REHEARSAL_TOESLAGEN_URL"] == "http://localhost:9003"


def test_it_empties_its_own_folder_and_no_other(environment: Environment, tmp_path: Path) -> None:
    environment.environment()
    empty(environment.folder)
    assert not environment.folder.exists()
    other = tmp_path / "production"
    other.mkdir()
    (other / "namens.sqlite3").touch()
    with pytest.raises(Trouble, match="no practice environment"):
        empty(other)
    assert (other / "namens.sqlite3").exists()


def test_it_follows_no_link_out_of_its_folder(environment: Environment, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / MARK).touch()
    environment.folder.symlink_to(elsewhere)
    with pytest.raises(Trouble):
        empty(environment.folder)
    assert (elsewhere / MARK).exists()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-26T01:59:59+00:00", "2026-11-26T02:00:00+00:00"),
        ("2026-11-26T02:00:00+00:00", "2026-11-27T02:00:00+00:00"),
        # The night in which the clock goes forward, and the one in which it goes back.
        ("2027-03-28T00:30:00+00:00", "2027-03-28T01:00:00+00:00"),
        ("2026-10-24T22:30:00+00:00", "2026-10-25T02:00:00+00:00"),
    ],
)
def test_it_ends_the_day_at_three_in_the_netherlands(now: str, expected: str) -> None:
    assert next_night(datetime.fromisoformat(now)).astimezone(UTC) == datetime.fromisoformat(expected)


def test_it_empties_at_the_start_when_it_was_off_at_night(environment: Environment) -> None:
    environment.environment()
    made_at = datetime.fromtimestamp((environment.folder / MARK).stat().st_mtime, UTC)
    assert not is_left_over(environment, now=made_at + timedelta(seconds=1))
    assert is_left_over(environment, now=made_at + timedelta(days=1))
    empty(environment.folder)
    assert not is_left_over(environment, now=made_at + timedelta(days=1))


def test_it_empties_at_the_start_when_it_has_other_addresses_now(environment: Environment) -> None:
    environment.environment()
    made_at = datetime.fromtimestamp((environment.folder / MARK).stat().st_mtime, UTC)
    other = Environment.at(environment.folder, ports=PORTS, public={"pages": "https://oefenen.example.nl"})
    assert is_left_over(other, now=made_at)


def test_it_ends_the_day_when_asked() -> None:
    stopping, emptying = Stopping(), Emptying()
    assert Day(stopping, emptying, ends_at=datetime(2026, 1, 1, tzinfo=UTC))()
    later = Day(stopping, emptying, ends_at=datetime(2999, 1, 1, tzinfo=UTC))
    assert not later()
    emptying.asked = True
    assert later()


def test_it_runs_once(environment: Environment) -> None:
    with alone(environment.folder), pytest.raises(BlockingIOError), alone(environment.folder):
        raise AssertionError("two at a time")


@contextmanager
def served(folder: Path, ports: Ports) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    portals = (f"PORTAL_{name}_PORT" for name in ("TOESLAGEN", "TAX", "PENSION"))
    names = ("NAMENS_PAGES_PORT", "NAMENS_DECISIONS_PORT", "REHEARSAL_PORT", *portals, "REHEARSAL_SMTP_PORT")
    others = {name: value for name, value in os.environ.items() if not name.startswith(fixed_settings.PREFIXES)}
    portals_on = (ports.toeslagen, ports.tax, ports.pension)
    numbers = map(str, (ports.pages, ports.decisions, ports.rehearsal, *portals_on, ports.mail))
    settings = {**others, "NAMENS_VAR": str(folder), **dict(zip(names, numbers, strict=True))}
    with subprocess.Popen(PRACTICE, cwd=places.ROOT, env=settings, stdout=subprocess.PIPE, text=True) as process:
        yield process, settings
        process.kill()


def read_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    deadline, said = time.monotonic() + READY_SECONDS, []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
        assert time.monotonic() < deadline, "".join(said)
    raise AssertionError(f"never said {words!r}: {''.join(said)}")


@pytest.mark.slow
def test_it_empties_while_it_runs_starts_again_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    ports, keys = Ports.free(), tmp_path / "practice" / "environment" / "keys.json"
    address = f"http://localhost:{ports.rehearsal}"
    with served(tmp_path, ports) as (process, settings), Surfer(address) as surfer:
        read_until(process, "Ctrl-C stops everything")
        surfer.opens("/")
        assert "Uw testpersonen" in surfer.sends("Beginnen")
        before = keys.read_text(encoding="utf-8")
        subprocess.run([*PRACTICE, "--wipe"], cwd=places.ROOT, env=settings, check=True)
        read_until(process, "emptying the practice environment")
        read_until(process, "Ctrl-C stops everything")
        assert "Uw testpersonen" not in surfer.opens("/")
        assert keys.read_text(encoding="utf-8") != before
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    assert not programs.is_taken(ports.pages)
    assert not programs.is_taken(ports.rehearsal)


def test_it_says_so_when_another_one_runs(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Environment, "as_usual", classmethod(lambda _: environment))
    monkeypatch.setattr(Stopping, "listen", lambda _: None)
    with alone(environment.folder), pytest.raises(SystemExit):
        nights.main(wipe=False)
    assert "runs already" in capsys.readouterr().err
