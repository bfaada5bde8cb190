"""A means to log in: everything that one OpenID Provider has for itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearsal.openid.levels import Level, Levels

Form = Mapping[str, str]


@dataclass(frozen=True)
class LoggedIn:
    """Somebody chose who they are: what `sub` is made from, the claims that say who, and how strong the login is."""

    subject: str
    claims: Mapping[str, str]
    level: Level


@dataclass(frozen=True)
class Mistake:
    """Something in the form is wrong: the sentence, and the field it is about."""

    sentence: str
    field: str


@dataclass(frozen=True)
class Means:
    """What a provider is told: its place and name, what it may say, its login page, and how the form is judged.

    `key` stands in addresses, names the switch for trouble, and with `.html` the page. `choices` gives the values that
    the page needs beside those that every login page gets. `detour`: who comes goes to this address first, with the id
    of the question as `verder`, and comes back to the login page from there.
    """

    key: str
    name: str
    scope: str
    claims: tuple[str, ...]
    levels: Levels
    choices: Callable[[Form], Mapping[str, object]]
    read: Callable[[Form, Level], LoggedIn | Mistake]
    detour: str = ""
