"""Pages that only tell something."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell what we do so that everybody can use Namens, and whom to tell when it fails."""
    return render(request, "pages/public/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what we keep, why and for how long."""
    return render(request, "pages/public/privacy.html")
