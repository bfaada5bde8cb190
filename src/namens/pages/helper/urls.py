"""Addresses for a helper."""

from django.urls import path

from namens.pages.helper import activate, number

urlpatterns = [
    path("helpernummer", number.number, name="helper-number"),
    path("helpernummer/vervangen", number.reset, name="helper-number-reset"),
    path("activeren", activate.enter_code, name="activate"),
    path("activeren/<uuid:mandate>/controleren", activate.check, name="activate-check"),
    path("activeren/<uuid:mandate>/klaar", activate.done, name="activated"),
]
