"""Addresses of the own letters."""

from django.urls import path

from namens.pages.letters import email, messages, overview, preferences

urlpatterns = [
    path("mijn-brieven", overview.overview, name="letters"),
    path("mijn-brieven/voorkeuren", preferences.preferences, name="letter-preferences"),
    path("mijn-brieven/berichten", messages.messages, name="messages"),
    path("mijn-brieven/e-mail", email.address, name="email"),
    path("mijn-brieven/e-mail/code", email.code, name="email-code"),
    path("mijn-brieven/e-mail/stoppen", email.stop, name="email-stop"),
]
