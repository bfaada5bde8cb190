"""Counting requests and decisions, in one process and in several."""

import sys
import threading
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from namens.decisions import tallies
from namens.decisions.counts import Counts, Endpoint, Numbers
from namens.decisions.metrics import Metrics
from namens.decisions.spool import Spool
from namens.decisions.tallies import Tally
from namens.lib import clock
from namens.mandates.decision import Reason
from tests.decisions.entries import NOW, kept
from tests.decisions.numbers import another_process, read, settings

EVALUATION = Endpoint.EVALUATION


def test_it_counts_requests_with_their_time(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    counting.counts.answered(EVALUATION, status=200, seconds=0.003)
    counting.counts.answered(EVALUATION, status=200, seconds=0.005)
    counting.counts.answered(EVALUATION, status=503, seconds=9.0)
    found = read(counting)
    assert found['requests_total{endpoint="evaluation",status="200"}'] == 2
    assert found['requests_total{endpoint="evaluation",status="503"}'] == 1
    assert found['request_seconds_bucket{endpoint="evaluation",le="0.0025"}'] == 0
    assert found['request_seconds_bucket{endpoint="evaluation",le="0.005"}'] == 2
    assert found['request_seconds_bucket{endpoint="evaluation",le="2.5"}'] == 2
    assert found['request_seconds_count{endpoint="evaluation"}'] == 3
    assert found['request_seconds_sum{endpoint="evaluation"}'] == pytest.approx(9.008)


def test_it_counts_decisions_by_portal_and_outcome(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    counting.counts.decided("permit", portal="my-portal", endpoint=EVALUATION, told=True)
    counting.counts.decided("expired", portal="my-portal", endpoint=Endpoint.EVALUATIONS, told=True, times=40)
    found = read(counting)
    assert found['decided_total{endpoint="evaluation",outcome="permit",portal="my-portal"}'] == 1
    assert found['decided_total{endpoint="evaluations",outcome="expired",portal="my-portal"}'] == 40


def test_it_counts_the_reasons_that_a_portal_was_told(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    for reason in Reason:
        counting.counts.decided(reason, portal="told", endpoint=EVALUATION, told=True)
        counting.counts.decided(reason, portal="not-told", endpoint=EVALUATION, told=False)
    counting.counts.decided("permit", portal="told", endpoint=EVALUATION, told=True)
    found = {name: value for name, value in read(counting).items() if name.startswith("reasons_told")}
    assert found == {'reasons_told_total{portal="told"}': len(Reason) - 1}


def test_it_counts_statements_tokens_and_what_waits(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    for pairs in (1, 1, 64, 5000):
        counting.counts.looked_up(pairs)
    counting.counts.shown(known=True)
    counting.counts.shown(known=False)
    counting.counts.waiting = lambda: 3
    counting.counts.heartbeats = lambda: {"first": 0.25, "second": 1.5}
    Spool(settings(tmp_path).journal_folder).keep([kept()])
    found = read(counting)
    assert (found["statement_pairs_count"], found["statement_pairs_sum"]) == (4, 5066)
    assert (found['statement_pairs_bucket{le="1.0"}'], found['statement_pairs_bucket{le="1024.0"}']) == (2, 3)
    assert (found['tokens_total{from="kept"}'], found['tokens_total{from="verified"}']) == (1, 1)
    assert (found["look_ups_waiting"], found["processes"]) == (3, 1)
    assert found['heartbeat_age_seconds{server="second"}'] == 1.5
    assert found["spool_bytes"] > 100


def test_it_loses_no_count_while_threads_read(tmp_path: Path) -> None:
    counts, done = Counts(), threading.Event()
    tally = Tally(folder=tmp_path, counts=counts)

    def beside() -> None:
        while not done.is_set():
            tally.write()

    reader = threading.Thread(target=beside)
    reader.start()
    for number in range(20_000):
        counts.decided("permit", portal=f"portal-{number % 500}", endpoint=EVALUATION, told=True)
    done.set()
    reader.join()
    tally.write()
    assert sum(tallies.add_up(tmp_path).numbers.decisions.values()) == 20_000


@pytest.mark.slow
def test_it_adds_up_what_several_processes_counted(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    counting.counts.decided("expired", portal="a", endpoint=EVALUATION, told=True, times=1)
    first, second = (another_process(tmp_path, portal=portal, times=10) for portal in ("a", "b"))
    with first, second:
        found = read(counting)
    label = 'decided_total{{endpoint="evaluation",outcome="expired",portal="{}"}}'.format
    assert (found[label("a")], found[label("b")]) == (11, 10)
    assert (found["processes"], found["look_ups_waiting"]) == (3, 14)


@pytest.mark.slow
def test_it_never_counts_back_when_a_process_is_killed(tmp_path: Path) -> None:
    counting, label = Metrics(settings(tmp_path)), 'reasons_told_total{portal="a"}'
    with another_process(tmp_path, portal="a", times=10) as process:
        assert read(counting)[label] == 10
        process.kill()
        process.wait()
        assert (read(counting)[label], read(counting)["processes"]) == (10, 1)
        tallies.bury(settings(tmp_path).counts_folder, now=clock.now())
        assert (read(counting)[label], read(counting)["processes"]) == (10, 1)
    folder = settings(tmp_path).counts_folder
    assert len(list(folder.glob("[!.]*.counts"))) == len(list(folder.glob("[!.]*.alive"))) == 1


def test_it_counts_nobody_twice_when_who_buries_is_killed_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        counts = Counts()
        tally = Tally(folder=tmp_path, counts=counts)
        counts.decided("expired", portal="a", endpoint=EVALUATION, told=True)
        tally.write()
        tally.close()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: sys.exit())
        with pytest.raises(SystemExit):
            tallies.bury(tmp_path, now=NOW)
    assert tallies.add_up(tmp_path).numbers.reasons_told == {"a": 2}
    for _ in range(3):
        tallies.bury(tmp_path, now=NOW)
        assert tallies.add_up(tmp_path).numbers.reasons_told == {"a": 2}
    assert list(tmp_path.glob("[!.]*.counts")) == []


def test_it_goes_on_when_what_was_written_cannot_be_read(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    folder = settings(tmp_path).counts_folder
    read(counting)
    (folder / "torn.counts").write_bytes(b"\x00\x01")
    (folder / tallies.PAST).write_bytes(b"")
    tallies.bury(folder, now=NOW)
    assert read(counting)["processes"] == 1


def test_it_begins_anew_when_bounds_have_changed() -> None:
    mine, theirs = Numbers(pairs=[1, 2]), Numbers(pairs=[1, 2, 3])
    mine.add(theirs)
    assert mine.pairs == [1, 2]


def test_it_writes_for_this_user_only(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    read(counting)
    folder = settings(tmp_path).counts_folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_it_keeps_what_was_counted_last_when_it_stops(tmp_path: Path) -> None:
    stopped = Metrics(settings(tmp_path))
    stopped.start()
    stopped.counts.decided("stopped", portal="a", endpoint=EVALUATION, told=True)
    stopped.stop()
    assert read(Metrics(settings(tmp_path)))['reasons_told_total{portal="a"}'] == 1


def test_it_sweeps_what_is_left_of_a_process_that_counted_nothing(tmp_path: Path) -> None:
    dead, living = Tally(folder=tmp_path, counts=Counts()), Tally(folder=tmp_path, counts=Counts())
    for tally in (dead, living):
        tally.write()
    dead.close()
    for path in tmp_path.glob("[!.]*.counts"):
        path.unlink()
    tallies.bury(tmp_path, now=NOW + timedelta(days=1))
    assert len(list(tmp_path.glob("[!.]*.alive"))) == 1
    living.close()


def test_it_reads_numbers_of_an_older_version() -> None:
    older = msgspec.msgpack.encode({"requests": {"evaluation 200": 3}})
    assert msgspec.msgpack.decode(older, type=Numbers).requests == {"evaluation 200": 3}
