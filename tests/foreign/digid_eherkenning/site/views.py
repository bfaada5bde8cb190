"""The page of the site, and what happens before and after DigiD Machtigen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from mozilla_django_oidc_db.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestInitView

IDENTIFIER = "digid-machtigen"
SESSION_KEY = "mandate"
CANCELLED = "U hebt het inloggen met DigiD Machtigen geannuleerd."
FAILED = "Inloggen met DigiD Machtigen is niet gelukt."


def page(request: HttpRequest) -> HttpResponse:
    """Show who is represented, and the way to log in."""
    claims = request.session.get(SESSION_KEY, {})
    return render(request, "page.html", {"claims": {name.removesuffix("_claim_path"): claims[name] for name in claims}})


def log_in(request: HttpRequest) -> HttpResponseBase:
    """Go to DigiD Machtigen, to come back at the page."""
    return start(request, return_url="/")


class Callback(OIDCAuthenticationCallbackView):
    """Back from DigiD Machtigen."""

    failure_url = reverse_lazy("page")

    def login_failure(self) -> HttpResponse:
        """Say what happened, in the site's own words."""
        cancelled = self.request.GET.get("error") == "access_denied"
        messages.error(self.request, CANCELLED if cancelled else FAILED)
        return super().login_failure()

    def login_success(self) -> HttpResponse:
        """Go on without a user: what is in the session is enough."""
        return HttpResponseRedirect(self.success_url)


start = OIDCAuthenticationRequestInitView.as_view(identifier=IDENTIFIER, allow_next_from_query=False)
callback = Callback.as_view()
