"""Typed reading of environment variables. A missing one without a default stops the start with its name."""

import ipaddress
import os
from pathlib import Path
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


class MissingVariable(LookupError):
    """A variable that must be set is not."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the environment variable {name} is not set; docs/settings.md says what it is for")


class WrongVariable(ValueError):
    """A variable is set to something that cannot be read. The value itself is never in the message."""

    def __init__(self, name: str, *, expected: str) -> None:
        super().__init__(f"the environment variable {name} must be {expected}")


def text(name: str, *, default: str | None = None) -> str:
    """Give the variable's text. Raises MissingVariable when it is absent and has no default."""
    value = os.environ.get(name, default)
    if value is None:
        raise MissingVariable(name)
    return value


def number(name: str, *, default: int | None = None) -> int:
    """Give the variable as a whole number."""
    value = text(name, default=None if default is None else str(default))
    try:
        return int(value)
    except ValueError:
        raise WrongVariable(name, expected="a whole number") from None


def flag(name: str, *, default: bool) -> bool:
    """Give the variable as yes or no."""
    value = text(name, default=str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise WrongVariable(name, expected="true or false")


def choice(name: str, *, options: tuple[str, ...], default: str) -> str:
    """Give the variable, which must be one of `options`."""
    value = text(name, default=default)
    if value not in options:
        raise WrongVariable(name, expected=f"one of {', '.join(options)}")
    return value


def path(name: str, *, default: Path) -> Path:
    """Give the variable as an absolute path."""
    return Path(text(name, default=str(default))).expanduser().absolute()


def listed(name: str, *, default: str = "") -> list[str]:
    """Give the variable as a list: parts between commas, without spaces around them."""
    return [part.strip() for part in text(name, default=default).split(",") if part.strip()]


def networks(name: str, *, default: str = "") -> list[Network]:
    """Give the variable as addresses and networks, none when it is absent: `10.1.2.3`, `10.1.2.0/28`, `fd00::/64`."""
    try:
        return [ipaddress.ip_network(part) for part in listed(name, default=default)]
    except ValueError:
        raise WrongVariable(name, expected="addresses and networks, with commas between") from None


def word(name: str, *, default: str) -> str:
    """Give the variable, which must be letters and digits."""
    value = text(name, default=default)
    if not (value.isascii() and value.isalnum()):
        raise WrongVariable(name, expected="letters and digits only")
    return value


def web_address(name: str) -> str:
    """Give the variable as an http(s) address, no slash at its end; empty when it is absent; no password in it."""
    value = text(name, default="").rstrip("/")
    parts = urlsplit(value)
    if value and not (parts.scheme in {"http", "https"} and parts.hostname and parts.username is None):
        raise WrongVariable(name, expected="an address that begins with http:// or https://, without a password")
    return value


def percentage(name: str, *, default: float) -> float:
    """Give the variable as a number from 0 to 100, `0.1` too."""
    try:
        value = float(text(name, default=str(default)))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise WrongVariable(name, expected="a number from 0 to 100")
    return value
