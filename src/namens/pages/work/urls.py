"""Addresses for a member of an organisation. No name ever stands in one."""

from django.urls import path

from namens.pages.work import client, done, many, opening, renewing, sheets, stopping, taking_over, worklist

_CLIENT = "werk/clienten/<uuid:client>"

urlpatterns = [
    path("werk", worklist.work, name="work"),
    path("werk/zoeken", worklist.search, name="work-search"),
    path("werk/gedaan", done.done, name="work-done"),
    path("werk/kiezen", many.choose, name="work-many"),
    path("werk/verlengen/<uuid:draft>", renewing.check, name="work-renew"),
    path("werk/verlengen/<uuid:draft>/klaar", renewing.done, name="work-renewed"),
    path("werk/bladen/<uuid:draft>", sheets.sheets, name="work-sheets"),
    path(_CLIENT, client.show, name="work-client"),
    path(f"{_CLIENT}/openen", opening.open_client, name="open-client"),
    path(f"{_CLIENT}/overnemen", taking_over.take_over, name="work-take-over"),
    path(f"{_CLIENT}/machtigingen/<uuid:mandate>/stoppen", stopping.stop, name="work-stop"),
    path(f"{_CLIENT}/gestopt", stopping.stopped, name="work-stopped"),
]
