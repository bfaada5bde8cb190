"""Addresses of what was done. No name ever stands in one."""

from django.urls import path

from namens.pages.done import by_me, files, overview

urlpatterns = [
    path("wat-is-er-gedaan", overview.overview, name="done"),
    path("wat-is-er-gedaan/afdrukken", overview.on_paper, name="done-print"),
    path("wat-is-er-gedaan/bestand", files.save, name="done-file"),
    path("wat-hebt-u-gedaan", by_me.by_me, name="done-by-me"),
]
