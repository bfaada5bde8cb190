"""The events in the description, as what a portal's own receiver is sent (OpenAPI 3.1, `webhooks`)."""

from typing import Any

from namens.api.door import JSON
from namens.api.schemas import Schemas
from namens.api.wire_events import EVENTS
from namens.api.words import WEBHOOK_HEADERS

Part = dict[str, Any]


def webhooks(schemas: Schemas) -> Part:
    """Give one webhook for each type of event."""
    return {str(form.__struct_config__.tag): {"post": _webhook(schemas.reference(form))} for form in EVENTS}


def _webhook(form: Part) -> Part:
    return {
        "summary": "Een gebeurtenis, ondertekend volgens Standard Webhooks",
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}
            for name, words in WEBHOOK_HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {JSON: {"schema": form}}},
        "responses": {
            "2XX": {"description": "Ontvangen. De inhoud van het antwoord lezen wij niet."},
            "default": {"description": "Niet ontvangen: wij proberen het later weer, met hetzelfde `webhook-id`."},
        },
    }
