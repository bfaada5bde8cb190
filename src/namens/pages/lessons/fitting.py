"""Which lesson fits a page: what *Hulp bij deze pagina* opens."""

from django.http import HttpRequest
from django.urls import reverse

OVERVIEW = ""
# The longest beginning of a page's name that stands here decides: a new page of a family has its lesson at once.
FITTING = {
    "pages:home": OVERVIEW,
    "pages:privacy": OVERVIEW,
    "pages:accessibility": OVERVIEW,
    "pages:logged-out": "veilig-inloggen",
    "pages:give": "machtigen",
    "pages:give-organisation": "organisatie-machtigen",
    "pages:give-open": "zonder-helpernummer",
    "pages:give-partner": "toeslagpartner",
    "pages:second-yes": "machtigen",
    "pages:given": "code-geven",
    "pages:code": "code-geven",
    "pages:new-code": "code-geven",
    "pages:request": "goedkeuren",
    "pages:decline": "goedkeuren",
    "pages:agree": "goedkeuren",
    "pages:helper-number": "client-machtigt",
    "pages:activate": "code-invullen",
    "pages:ask": "u-vraagt",
    "pages:ask-partner": "toeslagpartner",
    "pages:appointment": "afspraak",
    "pages:my-appointments": "mijn-machtigingen",
    "pages:visit": "client-logt-in",
    "pages:which-way": OVERVIEW,
    "pages:mandate": "mijn-machtigingen",
    "pages:desk": "wat-is-er-gedaan",
    "pages:done": "wat-is-er-gedaan",
    "pages:stop": "stoppen",
    "pages:shorten": "stoppen",
    "pages:report": "klopt-niet",
    "pages:restore": "klopt-niet",
    "pages:dispute": "klopt-niet",
    "pages:messages": "brieven",
    "pages:leave-out": "organisatie-machtigen",
    "pages:let-in": "organisatie-machtigen",
    "pages:letter": "brieven",
    "pages:email": "brieven",
    "pages:renew": "verlengen",
    "pages:agree-there": "qr-code",
    "pages:open-hand-off": "qr-code",
    "pages:now": "qr-code",
    "pages:hand-off": "overdracht",
    "pages:table": "overdracht",
    "pages:work": "werklijst",
    "pages:open-client": "werklijst",
    "pages:people": "beheerder",
    "pages:person": "beheerder",
    "pages:licence": "beheerder",
    "pages:team": "beheerder",
    "pages:sheet": "beheerder",
    "pages:review": "beheerder",
    "pages:member": "organisatie",
    "pages:organisation-apply": "organisatie",
    "pages:organisation-applied": "organisatie",
    "signin:": "veilig-inloggen",
    "openid:": "inloggen-en-openen",
}


def fitting(view_name: str) -> str | None:
    """Give the name of the lesson for a page, `OVERVIEW` for the overview, and None where no lesson is meant."""
    found = [name for name in FITTING if view_name.startswith(name)]
    return FITTING[max(found, key=len)] if found else None


def help_for(request: HttpRequest) -> str:
    """Give the address of the lesson for this page; empty where no lesson is meant."""
    match = request.resolver_match
    slug = None if match is None else fitting(match.view_name)
    if slug is None:
        return ""
    return reverse("pages:lesson", args=[slug]) if slug else reverse("pages:lessons")
