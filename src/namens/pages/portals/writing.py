"""Terms of a portal as they stand in the inputs of a form."""

import json
from typing import Any


def written(name: str, value: Any) -> Any:  # noqa: ANN401 - any term
    """Give what stands in the input of this term: lists line by line, keys as JSON."""
    if name in {"redirect_uris", "post_logout_redirect_uris"}:
        return "\n".join(value)
    if name == "acts":
        return "\n".join(f"{act['key']}={act['name']}" for act in value)
    if name == "claim_names":
        return "\n".join(f"{key}={said}" for key, said in value.items())
    if name == "jwks":
        return json.dumps(value, indent=2) if value else ""
    return value
