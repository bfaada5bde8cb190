"""Addresses of the overview and of one mandate."""

from django.urls import path

from namens.pages.mandates import detail, overview, shorten, stop

urlpatterns = [
    path("mijn-machtigingen", overview.overview, name="mandates"),
    path("mijn-machtigingen/<uuid:mandate>", detail.detail, name="mandate"),
    path("mijn-machtigingen/<uuid:mandate>/stoppen", stop.stop, name="stop"),
    path("mijn-machtigingen/<uuid:mandate>/gestopt", stop.stopped, name="stopped"),
    path("mijn-machtigingen/<uuid:mandate>/eerder-aflopen", shorten.shorten, name="shorten"),
]
