"""Who sends the letters, from the settings."""

from urllib.parse import urlsplit

from django.conf import settings

from namens.post.letters import Sender


def from_settings() -> Sender:
    """Give the helpdesk as the settings describe it. Raises ValueError without a name or a telephone number."""
    parts = urlsplit(settings.BASE_URL)
    return Sender(
        name=settings.HELPDESK_NAME,
        phone=settings.HELPDESK_PHONE,
        site=f"{parts.netloc}{parts.path}",
        hours=settings.HELPDESK_HOURS,
        return_address=tuple(settings.RETURN_ADDRESS),
    )
