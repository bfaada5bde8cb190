"""Addresses at the table: short ones for the client, who may have to type them.

An address of the client's holds what stands in the QR for one moment: the answer leads away from it at once. An address
of the helper's holds the id of a draft, a request or a mandate, nothing else.
"""

from django.urls import URLPattern, path

from namens.pages.table import ask, check, opening, poll, renewing, showing

_DRAFT = "overdracht/<uuid:draft>"
_SHOWN = "overdracht/qr/<uuid:asked>"

urlpatterns: list[URLPattern] = [
    path("h/<str:plain>", opening.arrive, name="hand-off"),
    path("h", opening.opening, name="open-hand-off"),
    path("nu", opening.now, name="now"),
    path("overdracht", ask.begin, name="table"),
    path("overdracht/verlengen/<uuid:mandate>", renewing.begin, name="table-renew"),
    path(f"{_DRAFT}/diensten", ask.services, name="table-services"),
    path(f"{_DRAFT}/hoe-lang", ask.length, name="table-length"),
    path(f"{_DRAFT}/wie", ask.who, name="table-who"),
    path(f"{_DRAFT}/toeslagpartner", ask.partner, name="table-partner"),
    path(f"{_DRAFT}/controleren", check.check, name="table-check"),
    path(_SHOWN, showing.show, name="hand-off-shown"),
    path(f"{_SHOWN}/stand", poll.standing, name="hand-off-standing"),
    path(f"{_SHOWN}/nieuw", showing.again, name="hand-off-again"),
    path(f"{_SHOWN}/stoppen", showing.stop, name="hand-off-stop"),
    path(f"{_SHOWN}/partner", showing.partner, name="hand-off-partner"),
]
