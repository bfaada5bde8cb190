"""Addresses of a visit. Nothing in them says who logs in."""

from django.urls import path

from namens.pages.visit import begin, turn

urlpatterns = [
    path("client-logt-in", begin.begin, name="visit"),
    path("client-logt-in/aan-de-beurt", turn.turn, name="visit-turn"),
    path("client-logt-in/klaar", turn.end, name="visit-end"),
    path("client-logt-in/afsluiten", turn.leaving, name="visit-leaving"),
    path("client-logt-in/afgesloten", turn.closed, name="visit-closed"),
    path("client-logt-in/partner", turn.partner, name="visit-partner"),
]
