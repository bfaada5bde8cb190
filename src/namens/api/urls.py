"""Addresses of the door for machines, all under `/v1`: made of the list of operations."""

from django.urls import path, re_path

from namens.api import description
from namens.api.calls import Operation
from namens.api.door import at_address, nothing_here
from namens.api.operations import OPERATIONS

app_name = "api"


def _by_address() -> dict[str, dict[str, Operation]]:
    found: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        found.setdefault(operation.path, {})[operation.method] = operation
    return found


urlpatterns = [
    path("openapi.json", description.openapi, name="openapi"),
    *(path(address, at_address(operations)) for address, operations in _by_address().items()),
    # Whatever else stands there, also what `<path:…>` does not take: a line break.
    re_path(r"^[\s\S]*", nothing_here),
]
