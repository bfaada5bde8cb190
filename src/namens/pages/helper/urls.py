"""Addresses for a helper."""

from django.urls import path

from namens.pages.helper import activate, ask, ask_check, ask_who, asked, number

_DRAFT = "gemachtigd-worden/<uuid:draft>"
_ASKED = "gemachtigd-worden/verzoek/<uuid:asked>"

urlpatterns = [
    path("helpernummer", number.number, name="helper-number"),
    path("helpernummer/vervangen", number.reset, name="helper-number-reset"),
    path("activeren", activate.enter_code, name="activate"),
    path("activeren/<uuid:mandate>/controleren", activate.check, name="activate-check"),
    path("activeren/<uuid:mandate>/klaar", activate.done, name="activated"),
    path("gemachtigd-worden", ask.begin, name="ask"),
    path(f"{_DRAFT}/diensten", ask.services, name="ask-services"),
    path(f"{_DRAFT}/hoe-lang", ask.length, name="ask-length"),
    path(f"{_DRAFT}/client", ask_who.client, name="ask-client"),
    path(f"{_DRAFT}/toeslagpartner", ask_who.partner, name="ask-partner"),
    path(f"{_DRAFT}/wie-is-de-toeslagpartner", ask_who.partner_details, name="ask-partner-details"),
    path(f"{_DRAFT}/controleren", ask_check.check, name="ask-check"),
    path(_ASKED, asked.detail, name="asked"),
    path(f"{_ASKED}/klaar", asked.done, name="asked-done"),
    path(f"{_ASKED}/blad", asked.sheet, name="asked-sheet"),
    path(f"{_ASKED}/niet-vragen", asked.withdraw, name="asked-withdraw"),
]
