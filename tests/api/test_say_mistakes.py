"""What does not fit a form is said in Dutch, kinds and bounds too, with its place and without what stood there."""

from typing import Annotated, Any

import pytest
from msgspec import Meta, Struct

from namens.api.mistakes import mistakes


class Form(Struct):
    """A form with a name of every kind."""

    lijst: Annotated[list[int], Meta(min_length=1, max_length=2)] = []
    tekst: Annotated[str, Meta(min_length=2, max_length=3)] = "ab"
    woord: Annotated[str, Meta(pattern="^a$")] = "a"
    getal: Annotated[int, Meta(ge=1, le=9)] = 1
    breuk: float = 1.0
    keuze: bool | None = None
    delen: dict[str, int] = {}
    ook: str | int = ""


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "no list": ({"lijst": "x"}, "verwacht: een lijst bij `$.lijst`"),
    "too long a list": ({"lijst": [1, 2, 3]}, "verwacht: een lijst, lengte hoogstens 2 bij `$.lijst`"),
    "too short a list": ({"lijst": []}, "verwacht: een lijst, lengte minstens 1 bij `$.lijst`"),
    "something else in a list": ({"lijst": [None]}, "verwacht: een geheel getal bij `$.lijst[0]`"),
    "no text": ({"tekst": 1}, "verwacht: tekst bij `$.tekst`"),
    "too long a text": ({"tekst": "abcd"}, "verwacht: tekst, lengte hoogstens 3 bij `$.tekst`"),
    "too short a text": ({"tekst": "a"}, "verwacht: tekst, lengte minstens 2 bij `$.tekst`"),
    "another form": ({"woord": "b"}, "verwacht: tekst in de vorm van de beschrijving bij `$.woord`"),
    "no whole number": ({"getal": 1.5}, "verwacht: een geheel getal bij `$.getal`"),
    "too small": ({"getal": 0}, "verwacht: een geheel getal, minstens 1 bij `$.getal`"),
    "too large": ({"getal": 10}, "verwacht: een geheel getal, hoogstens 9 bij `$.getal`"),
    "no number": ({"breuk": "x"}, "verwacht: een getal bij `$.breuk`"),
    "no yes or no": ({"keuze": "x"}, "verwacht: ja of nee (true of false) of leeg (null) bij `$.keuze`"),
    "no object": ({"delen": []}, "verwacht: een object bij `$.delen`"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_says_it_in_dutch(name: str) -> None:
    given, said = CASES[name]
    assert mistakes(given, Form, strict=True) == [said]
