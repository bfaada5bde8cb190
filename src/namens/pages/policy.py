"""The Content-Security-Policy: made once for all answers that ask for nothing of their own, as nearly all do."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_OWN = "_csp_"


class PolicyMiddleware(CSPMiddleware):
    """Adds the policy of the settings; what a view asks for besides is left to the package."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Give the answer with its policy."""
        if settings.DEBUG or any(name.startswith(_OWN) for holder in (request, response) for name in vars(holder)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return build_policy()
