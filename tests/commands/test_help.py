"""`namens --help` names everything that can be asked, and a slip says what was expected."""

import pytest

from namens.cli import main

COMMANDS = {
    (): ["serve", "worker", "migrate", "check", "keys", "catalogue", "portal", "organisations", "staff"],
    ("keys",): ["make"],
    ("catalogue",): ["propose", "approve", "list"],
    ("portal",): [
        *("add", "change", "approve", "refuse", "withdraw", "show", "list"),
        *("events", "webhook-secret", "try-webhook"),
    ],
    ("organisations",): ["list", "admit", "invite", "block", "unblock"],
    ("staff",): ["invite", "end", "list"],
}
LEAVES = [
    *(("serve",), ("worker",), ("migrate",), ("check",)),
    *((*command, verb) for command, verbs in COMMANDS.items() if command for verb in verbs),
]


def leave(*words: str) -> int | str | None:
    """Run a command that ends the program by itself, and give its exit status."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    return ended.value.code


@pytest.mark.parametrize(("command", "verbs"), COMMANDS.items(), ids=lambda words: " ".join(words) or "namens")
def test_it_lists_what_can_be_asked(
    command: tuple[str, ...], verbs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave(*command, "--help") == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert set(verbs) <= listed


@pytest.mark.parametrize("command", LEAVES, ids=" ".join)
def test_it_explains_each_command(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(*command, "--help") == 0
    assert capsys.readouterr().out.startswith(f"usage: namens {' '.join(command)} ")


def test_it_explains_every_option_of_a_portal(capsys: pytest.CaptureFixture[str]) -> None:
    leave("portal", "add", "--help")
    said = capsys.readouterr().out
    options = ("--jwks FILE", "--jwks-uri ADDRESS", "--secret-env NAME", "--claim KEY=NAME", "--service KEY")
    for option in (*options, "--act KEY=NAME", "--search-basis LAW", "--events-uri ADDRESS", "--by OPERATOR"):
        assert option in said


@pytest.mark.parametrize("words", [(), ("nothing",), ("keys",), ("portal", "remove"), ("serve", "kitchen")])
def test_it_gives_status_two_for_words_that_it_does_not_know(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave(*words) == 2
    assert capsys.readouterr().err.startswith("usage: namens")


@pytest.mark.parametrize(
    "words",
    [("catalogue", "propose"), ("catalogue", "approve", "1"), ("portal", "approve", "x"), ("portal", "withdraw", "x")],
)
def test_it_asks_who_does_it(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(*words) == 2
    assert "--by" in capsys.readouterr().err
