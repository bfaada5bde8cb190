"""Addresses of the lessons, and of what stood elsewhere before."""

from django.urls import URLPattern, path

from namens.pages.lessons import pages

urlpatterns: list[URLPattern] = [
    path("uitleg", pages.overview, name="lessons"),
    path("uitleg/woorden", pages.glossary, name="glossary"),
    path("uitleg/kaarten/<slug:slug>", pages.sheet, name="card-sheet"),
    path("uitleg/kaarten/<slug:slug>/plaatjes", pages.picture_card, name="card-pictures"),
    path("uitleg/<slug:slug>", pages.lesson, name="lesson"),
    path("hulp", pages.moved, name="help"),
    path("toeslagpartner", pages.moved, {"slug": "toeslagpartner"}, name="partner"),
]
