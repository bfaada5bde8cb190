"""Every address, by door."""

from django.urls import include, path

from namens.api.door import nothing_here

urlpatterns = [
    path("signin/", include("namens.pages.entrance.urls")),
    path("medewerkers/", include("namens.pages.staff.urls")),
    # Else Django would lead to the address with a slash behind it.
    path("v1", nothing_here),
    path("v1/", include("namens.api.urls")),
    path("", include("namens.openid.urls")),
    path("", include("namens.pages.urls")),
]

handler400 = "namens.pages.errors.bad_request"
handler403 = "namens.pages.errors.forbidden"
handler404 = "namens.pages.errors.not_found"
handler500 = "namens.pages.errors.server_error"
handler429 = "namens.pages.errors.too_many"
