"""Showing the numbers: to whom, and to nobody else."""

import re
from pathlib import Path

import pytest

from namens.decisions.config import DecisionSettings
from namens.decisions.counts import Endpoint
from namens.decisions.metrics import Metrics
from namens.decisions.spool import Spool
from namens.lib.env import WrongVariable
from tests.decisions.entries import kept
from tests.decisions.numbers import LOOPBACK, settings

EVALUATION = Endpoint.EVALUATION


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_it_shows_the_numbers_to_this_machine(tmp_path: Path, peer: str) -> None:
    assert Metrics(settings(tmp_path)).page(peer, forwarded=False) is not None


@pytest.mark.parametrize(
    "peer", ["192.0.2.1", "10.0.0.1", "::ffff:192.0.2.1", "fe80::1", "", "unix:", "localhost", "127.0.0.1, 192.0.2.1"]
)
def test_it_shows_the_numbers_to_nobody_else(tmp_path: Path, peer: str) -> None:
    """Dirk asks from another machine, or from what is no address at all."""
    assert Metrics(settings(tmp_path)).page(peer, forwarded=False) is None


def test_it_shows_the_numbers_to_nobody_through_a_proxy_on_this_machine(tmp_path: Path) -> None:
    assert Metrics(settings(tmp_path)).page("127.0.0.1", forwarded=True) is None


def test_it_shows_the_numbers_to_nobody_when_no_network_is_named(tmp_path: Path) -> None:
    assert Metrics(DecisionSettings(folder=tmp_path)).page("127.0.0.1", forwarded=False) is None


def test_it_reads_from_the_settings_who_may_see_the_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert DecisionSettings.read(folder=tmp_path).metrics_networks == LOOPBACK
    monkeypatch.setenv("NAMENS_METRICS_NETWORKS", "10.1.0.0/16")
    assert [str(network) for network in DecisionSettings.read(folder=tmp_path).metrics_networks] == ["10.1.0.0/16"]
    monkeypatch.setenv("NAMENS_METRICS_NETWORKS", "everybody")
    with pytest.raises(WrongVariable, match="NAMENS_METRICS_NETWORKS"):
        DecisionSettings.read(folder=tmp_path)


def test_it_says_nothing_of_people(tmp_path: Path) -> None:
    counting = Metrics(settings(tmp_path))
    Spool(settings(tmp_path).journal_folder).keep([kept()])
    counting.counts.decided("permit", portal="my-portal", endpoint=EVALUATION, told=True)
    page = counting.page("127.0.0.1", forwarded=False)
    assert page is not None
    assert not re.search(rb"\d{8}|[0-9a-f]{8}-[0-9a-f]{4}", page)
