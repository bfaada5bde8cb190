"""Addresses of what somebody says of a line. A line has a random id, and is its owner's only."""

from django.urls import path

from namens.pages.disputes import outcome, saying

urlpatterns = [
    path("wat-is-er-gedaan/<uuid:entry>/klopt-niet", saying.dispute, name="dispute"),
    path("wat-is-er-gedaan/<uuid:entry>/klopt-niet/gemeld", outcome.disputed, name="disputed"),
    path("wat-is-er-gedaan/<uuid:entry>/klopt-niet/terugnemen", outcome.withdraw, name="dispute-withdraw"),
    path("wat-is-er-gedaan/<uuid:entry>/klopt-niet/<slug:kind>", saying.check, name="dispute-check"),
]
