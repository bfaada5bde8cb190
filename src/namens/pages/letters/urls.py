"""Addresses of the own letters."""

from django.urls import path

from namens.pages.letters import overview, preferences

urlpatterns = [
    path("mijn-brieven", overview.overview, name="letters"),
    path("mijn-brieven/voorkeuren", preferences.preferences, name="letter-preferences"),
]
