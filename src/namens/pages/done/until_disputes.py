"""Where *Dit klopt niet* leads until there is a page for it: back to the overview. Goes when `pages.disputes` comes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from namens.signin.session import signed_in


@require_safe
@signed_in
def dispute(_request: HttpRequest, entry: UUID) -> HttpResponse:  # noqa: ARG001 - the address has it
    """Lead back."""
    return redirect("pages:done")
