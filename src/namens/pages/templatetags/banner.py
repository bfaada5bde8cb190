"""The banner of a deployment that is not the real one. A tag, so that no page, not even one of an error, misses it."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


@dataclass(frozen=True)
class Banner:
    """What stands above and below every page, and in which colour."""

    text: str
    colour: str

    @property
    def title(self) -> str:
        """Give what stands in the title: the first sentence, without its full stop."""
        return self.text.partition(". ")[0].rstrip(".")


@register.simple_tag
def banner() -> Banner | None:
    """Give the banner in the language of this page; None where there is none."""
    text = settings.BANNER_EN if get_language() == "en" and settings.BANNER_EN else settings.BANNER
    return Banner(text=text, colour=settings.BANNER_COLOUR) if text else None
