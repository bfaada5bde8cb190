"""What an agent fills in, and where that leads."""

from django.test import Client
from django.urls import reverse

from namens.helpdesk.models import Call
from tests.pages.visiting import Answered

THREE = {
    "bsn": "999990019",
    "birth_date_day": "6",
    "birth_date_month": "5",
    "birth_date_year": "1980",
    "postcode": "3511 ab",
}


def look_up(browser: Client, **changes: str) -> Answered:
    """Look Anna up, with changes."""
    return browser.post(reverse("pages:caller-find"), {**THREE, **changes})


def call_with_anna(browser: Client) -> Call:
    """Give the call that begins when Anna is found."""
    assert look_up(browser).status_code == 302
    return Call.objects.latest("began_at", "id")


def number_form(helper: str, **changes: str) -> dict[str, str]:
    """What an agent fills in for a helper who calls."""
    born = {name: value for name, value in THREE.items() if name.startswith("birth_date")}
    return {"number": helper, **born, **changes}


def call_with_helper(browser: Client, number: str) -> Call:
    """Give the call that begins when the helper's mandates are found."""
    assert browser.post(reverse("pages:caller-helper"), number_form(number)).status_code == 302
    return Call.objects.latest("began_at", "id")


def acts_in(call: Call, mandate: object) -> list[tuple[str, dict[str, str]]]:
    """Give every form of a call with a client that changes something, filled in and with the yes."""
    whole, one = [call.id], [call.id, mandate]
    return [
        (reverse("pages:caller-stop", args=one), {"what": "everything", "sure": "yes"}),
        (
            reverse("pages:caller-shorten", args=one),
            {"last_day_day": "1", "last_day_month": "12", "last_day_year": "2026", "sure": "yes"},
        ),
        (reverse("pages:caller-letter", args=whole), {"nobody": "yes"}),
        (reverse("pages:caller-letter-what", args=whole), {"services": "mijn-toeslagen", "sure": "yes"}),
        (reverse("pages:caller-letter-again", args=one), {}),
        (reverse("pages:caller-overview", args=whole), {}),
        (reverse("pages:caller-look", args=whole), {"size": "large", "language": "en"}),
        (reverse("pages:caller-report", args=one), {"kind": "unwanted", "sure": "yes"}),
        (reverse("pages:caller-restore", args=one), {}),
        (reverse("pages:caller-hang-up", args=whole), {}),
    ]


def pages_of(call: Call, mandate: object) -> list[str]:
    """Give every address of a call with a client."""
    return [
        reverse("pages:caller", args=[call.id]),
        *(reverse(f"pages:caller-{name}", args=[call.id]) for name in ("letter", "overview", "overview-sent", "look")),
        *(
            reverse(f"pages:caller-{name}", args=[call.id, mandate])
            for name in (
                "mandate",
                "stop",
                "shorten",
                "changed",
                "letter-sent",
                "report",
                "reported",
            )
        ),
    ]
