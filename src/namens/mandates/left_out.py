"""Which sensitive actions a mandate leaves out, as a portal hears and lists them: one rule, that of `decide()`."""

from collections.abc import Iterable

from namens.mandates.models import Mandate, MandateService
from namens.services.models import Service


def left_out(mandate: Mandate, lines: Iterable[tuple[MandateService, Service]]) -> list[str]:
    """Give what is left out of these services, in order. What a service of another portal has is not for this one."""
    granted, missing = set(mandate.granted_actions), set[str]()
    for line, service in lines:
        seen = set(line.sensitive_seen)
        missing |= (seen | set(service.sensitive_keys)) - (seen & granted)
    return sorted(missing)
