"""What every template can use."""

from django.conf import settings
from django.http import HttpRequest

from namens.pages.language import other_languages
from namens.pages.lessons.fitting import help_for
from namens.signin.lasting import seconds_left
from namens.signin.session import visitor_of
from namens.signin.staff.session import account_of, staff_of


def every_page(request: HttpRequest) -> dict[str, object]:
    """Give who is here (a visitor or a staff account), whom to call, when the session ends, help, other languages."""
    return {
        "visitor": visitor_of(request),
        "staff": account_of(request),
        "staff_is_in": staff_of(request) is not None,
        "other_languages": other_languages(request),
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
