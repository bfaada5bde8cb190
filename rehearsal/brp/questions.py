"""What is asked of the BRP, checked as the real API checks it."""

import re
from collections.abc import Mapping
from typing import Any

from rehearsal.brp.fields import comes_by_itself, may_be_asked
from rehearsal.brp.problems import InvalidParameter

KIND = "RaadpleegMetBurgerservicenummer"

_KNOWN = frozenset({"type", "burgerservicenummer", "fields", "gemeenteVanInschrijving"})
_NUMBER = r"^[0-9]{9}$"
_PATH = r"^[a-zA-Z0-9\._]{1,200}$"
_LARGEST = {"burgerservicenummer": 20, "fields": 130}


def mistakes(asked: Mapping[str, Any]) -> list[InvalidParameter]:
    """Give everything that is wrong with the question; empty when it is sound."""
    if asked.get("type") != KIND:
        if "type" not in asked:
            return [InvalidParameter("required", "type", "Parameter is verplicht.")]
        return [InvalidParameter("value", "type", "Waarde is geen geldig zoek type.")]
    found = [
        InvalidParameter("unknownParam", name, "Parameter is niet verwacht.") for name in asked if name not in _KNOWN
    ]
    return found + _list_mistakes(asked, "burgerservicenummer") + _list_mistakes(asked, "fields")


def _list_mistakes(asked: Mapping[str, Any], name: str) -> list[InvalidParameter]:
    given, largest = asked.get(name), _LARGEST[name]
    if given is None:
        return [InvalidParameter("required", name, "Parameter is verplicht.")]
    if not isinstance(given, list):
        return [InvalidParameter("array", name, "Parameter is geen array.")]
    if not given:
        return [InvalidParameter("minItems", name, "Array bevat minder dan 1 items.")]
    if len(given) > largest:
        return [InvalidParameter("maxItems", name, f"Array bevat meer dan {largest} items.")]
    check = _number_mistake if name == "burgerservicenummer" else _path_mistake
    checked = [check(item, f"{name}[{index}]") for index, item in enumerate(given)]
    return [mistake for mistake in checked if mistake]


def _number_mistake(item: object, name: str) -> InvalidParameter | None:
    if isinstance(item, str) and re.match(_NUMBER, item, re.ASCII):
        return None
    return InvalidParameter("pattern", name, f"Waarde voldoet niet aan patroon {_NUMBER}.")


def _path_mistake(item: object, name: str) -> InvalidParameter | None:
    if not isinstance(item, str) or not re.match(_PATH, item):
        return InvalidParameter("pattern", name, f"Waarde voldoet niet aan patroon {_PATH}.")
    if comes_by_itself(item):
        return InvalidParameter("fields", name, "Parameter bevat een niet toegestane veldnaam.")
    if not may_be_asked(item):
        return InvalidParameter("fields", name, "Parameter bevat een niet bestaande veldnaam.")
    return None
