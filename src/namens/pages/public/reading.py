"""Pages that only tell something."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Tell how it all works."""
    return render(request, "pages/public/help.html")


@require_safe
def partner(request: HttpRequest) -> HttpResponse:
    """Tell an allowance partner how to give an own mandate: a sheet to print and take home."""
    return render(request, "pages/public/partner.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell what we do so that everybody can use Namens, and whom to tell when it fails."""
    return render(request, "pages/public/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what we keep, why and for how long."""
    return render(request, "pages/public/privacy.html")
