"""Addresses of the guide. What stands in their query says nothing about anybody."""

from django.urls import path

from namens.pages.guide import guide

urlpatterns = [
    path("welke-manier", guide.which_way, name="which-way"),
    path("welke-manier/blad", guide.sheet, name="which-way-sheet"),
    path("welke-manier/kaart", guide.card, name="which-way-card"),
]
