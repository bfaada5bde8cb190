"""Reading the environment."""

from pathlib import Path

import pytest

from namens.lib import env

NAME = "NAMENS_SOMETHING"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)


def test_it_names_the_variable_that_is_missing() -> None:
    with pytest.raises(env.MissingVariable, match=NAME):
        env.text(NAME)


def test_it_gives_the_default_of_one_that_is_missing() -> None:
    assert env.text(NAME, default="x") == "x"


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("TRUE", True), ("on", True), ("no", False), ("", False)])
def test_it_reads_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:  # noqa: FBT001 - a case
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_it_gives_the_default_of_a_flag(default: bool) -> None:  # noqa: FBT001 - a case
    assert env.flag(NAME, default=default) is default


def test_it_refuses_a_flag_that_is_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "perhaps")
    with pytest.raises(env.WrongVariable, match="true or false"):
        env.flag(NAME, default=True)


def test_it_never_repeats_a_wrong_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "hunter2")
    with pytest.raises(env.WrongVariable) as refused:
        env.number(NAME)
    assert "hunter2" not in str(refused.value)


def test_it_reads_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "8000")
    assert env.number(NAME, default=1) == 8000


def test_it_refuses_an_unknown_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "test")
    with pytest.raises(env.WrongVariable, match="production, practice"):
        env.choice(NAME, options=("production", "practice"), default="production")


def test_it_gives_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "practice")
    assert env.choice(NAME, options=("production", "practice"), default="production") == "practice"


def test_it_makes_a_path_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "var/brokers.yaml")
    assert env.path(NAME, default=Path("/x")) == Path.cwd() / "var" / "brokers.yaml"


def test_it_reads_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " a, b ,, c")
    assert env.listed(NAME) == ["a", "b", "c"]


def test_it_reads_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.networks(NAME) == []
    monkeypatch.setenv(NAME, "10.1.2.0/28, fd00::7")
    assert [str(network) for network in env.networks(NAME)] == ["10.1.2.0/28", "fd00::7/128"]


@pytest.mark.parametrize("value", ["10.1.2.3/8", "proxy", "10.1.2", "10.1.2.3/33", "unix:/run/x"])
def test_it_reads_no_network_that_cannot_be(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(env.WrongVariable, match="addresses and networks"):
        env.networks(NAME)


@pytest.mark.parametrize("value", ["", "Client-Cert", "Client_Cert", "Client Cert", "Cért"])
def test_it_takes_no_word_that_has_a_second_spelling_as_a_header(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    # A server writes `-` and `_` the same way: who may not send Client-Cert sends Client_Cert.
    assert env.word(NAME, default="ClientCert") == "ClientCert"
    monkeypatch.setenv(NAME, value)
    with pytest.raises(env.WrongVariable, match="letters and digits"):
        env.word(NAME, default="ClientCert")
