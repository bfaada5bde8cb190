"""What every template can use."""

from django.conf import settings
from django.http import HttpRequest

from namens.pages.lessons.fitting import help_for
from namens.signin.models import Staff
from namens.signin.session import Visitor, seconds_left, visitor_of
from namens.signin.staff.session import account_of, staff_of


def every_page(request: HttpRequest) -> dict[str, Visitor | Staff | str | int | bool | None]:
    """Give who is here (a visitor or a staff account), when the session ends, where help is, and what needs nobody."""
    return {
        "visitor": visitor_of(request),
        "staff": account_of(request),
        "staff_is_in": staff_of(request) is not None,
        "session_ends_in": seconds_left(request),
        "help_url": help_for(request),
        **without_visitor(),
    }


def without_visitor() -> dict[str, str]:
    """Give the part that needs no database: enough for a page that says that something is wrong."""
    return {
        "helpdesk_phone": settings.HELPDESK_PHONE,
        "helpdesk_name": settings.HELPDESK_NAME,
        "environment": settings.ENVIRONMENT,
    }
