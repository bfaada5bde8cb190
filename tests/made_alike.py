"""Telling two models apart: all that was read of each, with its relations and annotations."""

from typing import Any

from django.db.models import Model


def told(model: Model | None) -> dict[str, Any]:
    """Give everything that was read: fields, annotations, and the relations that were loaded with it."""
    if model is None:
        return {}
    own = {name: value for name, value in vars(model).items() if name != "_state"}
    # A relation may lead back to where it came from.
    loaded = {
        name: told(one) if isinstance(one, Model) and model not in vars(one)["_state"].fields_cache.values() else one
        for name, one in model._state.fields_cache.items()
    }
    return {"model": type(model), "db": model._state.db, "adding": model._state.adding, **own, "loaded": loaded}
