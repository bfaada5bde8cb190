"""A small catalogue that is in order, to change one thing of."""

import copy
from typing import Any

ALPHA = {
    "key": "alpha",
    "id": "6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9aff",
    "name": "Alpha",
    "sentence": "Alles over alpha.",
    "provider": "bureau",
    "minimum_level": "low",
    "mandated_to": "both",
    "longest_months": 12,
    "sensitive_actions": [{"key": "rekening", "name": "de rekening", "question": "Mag dat?"}],
}
BETA = {**ALPHA, "key": "beta", "id": "0b9c3f44-2d5e-4c1a-8f77-92a6e4d1b3ff", "name": "Beta", "sensitive_actions": []}
PAIR = {"key": "samen", "name": "Samen", "sentence": "Alpha en beta.", "services": ["alpha", "beta"]}


def small() -> dict[str, Any]:
    """Give a catalogue with one provider, two services and a set of both, to do with as you like."""
    provider = {"key": "bureau", "name": "Bureau"}
    return copy.deepcopy({"providers": [provider], "services": [ALPHA, BETA], "sets": [PAIR]})


def alpha(**changes: object) -> dict[str, Any]:
    """Give the small catalogue with these changes in its first service."""
    content = small()
    content["services"][0].update(changes)
    return content
