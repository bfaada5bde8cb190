"""Addresses of the pages for everybody."""

from django.urls import URLPattern, path

from namens.pages.public import account, health, home, reading

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("toegankelijkheid", reading.accessibility, name="accessibility"),
    path("privacy", reading.privacy, name="privacy"),
    path("taal", account.language, name="language"),
    path("verlengen", account.extend, name="extend"),
    path("uitloggen", account.log_out, name="logout"),
    path("uitgelogd", account.logged_out, name="logged-out"),
    path("health", health.health, name="health"),
]
