"""The lines of a mandate: one for each service, with what the client sees of it now."""

from collections.abc import Iterable

from namens.mandates.models import Mandate, MandateService
from namens.services.models import Service


def make_lines(mandate: Mandate, *, services: Iterable[Service]) -> None:
    """Make a line for each service, as the catalogue has it now."""
    MandateService.objects.bulk_create(
        MandateService(
            mandate=mandate,
            service=service,
            representee_id=mandate.representee_id,
            representative_id=mandate.representative_id,
            version_id=service.version_id,
            last_day=mandate.last_day,
            minimum_level=service.minimum_level,
            sensitive_seen=sorted(service.sensitive_keys),
        )
        for service in dict.fromkeys(services)
    )


def fix_days(mandate: Mandate) -> None:
    """Let the lines run as long as the mandate, whose days have just been fixed."""
    MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True).update(last_day=mandate.last_day)


def look_again(mandate: Mandate) -> None:
    """Let the lines hold what the catalogue says now: the client looks at it now."""
    for line in MandateService.objects.filter(mandate=mandate).select_related("service"):
        line.version_id = line.service.version_id
        line.minimum_level = line.service.minimum_level
        line.sensitive_seen = sorted(line.service.sensitive_keys)
        line.save(update_fields=["version", "minimum_level", "sensitive_seen"])
