"""Three addresses: the page, the way to DigiD Machtigen, and the library's own callback."""

import plugin  # noqa: F401 - registers itself at the library
import views
from django.urls import include, path

urlpatterns = [
    path("", views.page, name="page"),
    path("inloggen/", views.log_in, name="log-in"),
    path("auth/oidc/", include("mozilla_django_oidc.urls")),
]
