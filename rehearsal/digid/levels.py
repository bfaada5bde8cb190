"""The assurance levels of DigiD, and the URIs that tokens carry for them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level: the value in the form, its name on screen, and its `acr`."""

    value: str
    name: str
    uri: str


LEVELS = (
    Level("basic", "Basis", "http://eID.logius.nl/LoA/basic"),
    Level("low", "Midden", "http://eidas.europa.eu/LoA/low"),
    Level("substantial", "Substantieel", "http://eidas.europa.eu/LoA/substantial"),
    Level("high", "Hoog", "http://eidas.europa.eu/LoA/high"),
)
BY_VALUE = {level.value: level for level in LEVELS}
DEFAULT = "low"


def lowest_asked(acr_values: str) -> str:
    """Give the form value of the lowest level that was asked; the default when none is known."""
    asked = {uri.lower() for uri in acr_values.split()}
    return next((level.value for level in LEVELS if level.uri.lower() in asked), DEFAULT)
