"""Addresses of the client's pages: giving a mandate, and answering a request.

An address holds the id of a draft or a mandate, nothing else.

One exception: a helper number, for the QR on the helper's own page. It is made to be handed around, is random, can be
replaced, and gives away a name only to somebody who is logged in, ten wrong ones a day at most.
"""

from django.urls import URLPattern, path

from namens.pages.client import (
    code,
    give_about,
    give_check,
    give_organisation,
    give_what,
    give_when,
    give_who,
    renew,
    requests,
    there,
)

_DRAFT = "machtigen/<uuid:draft>"
_REQUEST = "verzoeken/<uuid:mandate>"
_MANDATE = "mijn-machtigingen/<uuid:mandate>"

urlpatterns: list[URLPattern] = [
    path("machtigen", give_who.begin, name="give"),
    path("machtigen/met/<str:number>", give_who.begin, name="give-with"),
    path("machtigen/organisatie", give_organisation.find, name="give-organisation"),
    path("machtigen/zonder-nummer", give_who.open_code, name="give-open"),
    path(f"{_DRAFT}/wie", give_who.change, name="give-who"),
    path(f"{_DRAFT}/organisatie", give_organisation.find, name="give-organisation-in"),
    path(f"{_DRAFT}/zonder-nummer", give_who.open_code, name="give-open-in"),
    path(f"{_DRAFT}/helper", give_who.confirm, name="give-helper"),
    path(f"{_DRAFT}/diensten", give_what.services, name="give-services"),
    path(f"{_DRAFT}/extra", give_what.extra, name="give-extra"),
    path(f"{_DRAFT}/vanaf", give_when.start, name="give-from"),
    path(f"{_DRAFT}/tot-en-met", give_when.until, name="give-until"),
    path(f"{_DRAFT}/over-u", give_about.about, name="give-about"),
    path(f"{_DRAFT}/toeslagpartner", give_about.partner, name="give-partner"),
    path(f"{_DRAFT}/andere-helper", give_about.others, name="give-others"),
    path(f"{_DRAFT}/controleren", give_check.check, name="give-check"),
    path(f"{_MANDATE}/gegeven", code.given, name="given"),
    path(f"{_MANDATE}/code", code.code, name="code"),
    path(f"{_MANDATE}/code/blad", code.sheet, name="code-sheet"),
    path(f"{_MANDATE}/code/nieuw", code.renew, name="new-code"),
    path(f"{_MANDATE}/verlengen", renew.renew, name="renew"),
    path("verzoeken", requests.every, name="requests"),
    path(_REQUEST, requests.one, name="request"),
    path(f"{_DRAFT}/nu-bij-u", there.there, name="agree-there"),
    path(f"{_REQUEST}/melden", requests.report, name="report-refused"),
    path(f"{_REQUEST}/nee", requests.decline, {"is_unknown": False}, name="decline"),
    path(f"{_REQUEST}/onbekend", requests.decline, {"is_unknown": True}, name="decline-unknown"),
]
