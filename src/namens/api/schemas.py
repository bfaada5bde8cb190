"""The forms of the wire as schemas of the description, under their Dutch names."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from namens.api.words import FORMS

_PLACE = "#/components/schemas/"
Part = dict[str, Any]


class Schemas:
    """The schemas of these forms, and of what they are made of."""

    def __init__(self, forms: Sequence[type[Struct]]) -> None:
        distinct = list(dict.fromkeys(forms))
        references, found = msgspec.json.schema_components(distinct, ref_template=_PLACE + "{name}")
        # Two forms of one name in two modules get longer names there.
        self._names = {form: part["$ref"].removeprefix(_PLACE) for form, part in zip(distinct, references, strict=True)}
        self._found: dict[str, Part] = {name: _in_dutch(name, schema) for name, schema in found.items()}
        self._asked_in_address: set[str] = set()

    def reference(self, form: type[Struct]) -> Part:
        """Give what stands for a form."""
        return {"$ref": _PLACE + _name(self._names[form])}

    def parameters(self, form: type[Struct]) -> list[Part]:
        """Give the parameters that a form of the query stands for. It is no schema of its own then."""
        self._asked_in_address.add(self._names[form])
        schema = self._found[self._names[form]]
        return [
            {
                "name": name,
                "in": "query",
                "required": name in schema["required"],
                **({"description": part.pop("description")} if "description" in part else {}),
                "schema": part,
            }
            for name, part in ((name, dict(part)) for name, part in schema["properties"].items())
        ]

    def components(self) -> Part:
        """Give all that is referred to, once the operations were described."""
        return {_name(name): schema for name, schema in self._found.items() if name not in self._asked_in_address}


def _name(form: str) -> str:
    return FORMS[form].name if form in FORMS else form


def _in_dutch(form: str, schema: Part) -> Part:
    """Give a schema with Dutch names. What code says of a form is English, so it is not taken over."""
    named: Part = _renamed({name: part for name, part in schema.items() if name != "description"})
    return {**named, "title": _name(form), **({"description": FORMS[form].explained} if form in FORMS else {})}


def _renamed(part: Any) -> Any:  # noqa: ANN401 - JSON, of any shape
    if isinstance(part, dict):
        return {name: _renamed(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_renamed(value) for value in part]
    if isinstance(part, str) and part.startswith(_PLACE):
        return _PLACE + _name(part.removeprefix(_PLACE))
    return part
