"""A yes counts only for what stood on the page.

The form carries a keyed mark of it, and the yes makes the mark again from what holds then. When they differ (answers
that were changed in another tab, a catalogue that changed meanwhile) nothing is done, and the page is shown once more.
"""

import json

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

CHANGED = gettext_lazy("Something was changed after this page came up. Look at everything again, and then say yes.")
FIELD = "seen"
_PURPOSE = "namens.pages.seen"


def mark(*shown: object) -> str:
    """Give the mark of what stands on a page: ids, keys and days, so that another language gives the same mark."""
    return salted_hmac(_PURPOSE, json.dumps(shown, default=str), algorithm="sha256").hexdigest()


def is_seen(request: HttpRequest, *, now_shown: str) -> bool:
    """Say whether this form was sent from a page with this very mark."""
    return constant_time_compare(request.POST.get(FIELD, ""), now_shown)
