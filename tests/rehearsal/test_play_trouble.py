import pytest

from tests.rehearsal.playing import ANNA, Visitor

KIND = "RaadpleegMetBurgerservicenummer"
WELL = {"digid": "ok", "eherkenning": "ok", "brp": "ok", "notifynl": "ok"}


def ask(visitor: Visitor) -> int:
    return visitor.ask_register(type=KIND, burgerservicenummer=[ANNA], fields=["naam"]).status_code


def switch(visitor: Visitor, **moods: str | float) -> int:
    return visitor.http.post("/control", json=moods).status_code


@pytest.mark.parametrize(("mood", "status"), [("down", 503), ("error", 500), ("ok", 200)])
def test_it_plays_a_register_that_fails(visitor: Visitor, mood: str, status: int) -> None:
    switch(visitor, brp=mood)
    assert ask(visitor) == status


@pytest.mark.parametrize(("mood", "status"), [("down", 503), ("error", 500), ("ok", 200)])
def test_it_plays_a_digid_that_fails(visitor: Visitor, mood: str, status: int) -> None:
    code = visitor.log_in()
    switch(visitor, digid=mood)
    assert visitor.exchange(code).status_code == status


def test_it_plays_an_eherkenning_that_fails_while_digid_works(visitor: Visitor, member: Visitor) -> None:
    at_work, private = member.log_in_at_work(), visitor.log_in()
    switch(member, eherkenning="down")
    assert member.exchange(at_work).status_code == 503
    assert visitor.exchange(private).status_code == 200


def test_it_plays_one_that_is_slow(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("rehearsal.trouble.asyncio.sleep", sleep)
    switch(visitor, brp="slow", seconds=0.3)
    assert ask(visitor) == 200
    assert slept == [0.3]


def test_it_leaves_the_other_alone(visitor: Visitor) -> None:
    switch(visitor, digid="down")
    assert ask(visitor) == 200


def test_it_gets_well_again(visitor: Visitor) -> None:
    switch(visitor, brp="down")
    switch(visitor, brp="ok")
    assert ask(visitor) == 200


def test_it_takes_a_form_and_shows_its_switches(visitor: Visitor) -> None:
    visitor.http.post("/control", data={"digid": "slow", "seconds": "2"})
    assert visitor.http.get("/control").json() == {**WELL, "digid": "slow", "seconds": 2.0}


@pytest.mark.parametrize(
    "wish",
    [
        {"brp": "sad"},
        {"brp": "late"},
        {"digid": "busy"},
        {"eherkenning": "late"},
        {"weather": "down"},
        {"seconds": "long"},
    ],
)
def test_it_refuses_a_switch_that_it_does_not_have(visitor: Visitor, wish: dict[str, str]) -> None:
    assert switch(visitor, **wish) == 400
    assert visitor.http.get("/control").json() == {**WELL, "seconds": 10.0}
