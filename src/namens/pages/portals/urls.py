"""Addresses of the pages about portals."""

from django.urls import URLPattern, path

from namens.pages.portals import answering, deciding, detail, door, listing, passing, proving, registering

_ONE = "beheer/portalen/<uuid:portal>"

urlpatterns: list[URLPattern] = [
    path("beheer/portalen", listing.portals, name="portals"),
    path("beheer/portalen/nieuw", registering.new, name="portal-new"),
    path(_ONE, detail.portal, name="portal"),
    path(f"{_ONE}/wijzigen", registering.change, name="portal-change"),
    path(f"{_ONE}/geweigerd", door.refusals, name="portal-refusals"),
    path(f"{_ONE}/proef", proving.proof, name="portal-proof"),
    path(f"{_ONE}/beslissingen", answering.decisions, name="portal-decisions"),
    path(f"{_ONE}/geheim", registering.secret, name="portal-secret"),
    path(f"{_ONE}/gebeurtenisgeheim", passing.secret, name="portal-events-secret"),
    path(f"{_ONE}/gebeurtenisgeheim/nieuw", passing.new_secret, name="portal-events-secret-new"),
    path(f"{_ONE}/akkoord", deciding.approve, name="portal-approve"),
    path(f"{_ONE}/niet-akkoord", deciding.refuse, name="portal-refuse"),
    path(f"{_ONE}/stoppen", deciding.withdraw, name="portal-withdraw"),
    path(f"{_ONE}/wijzigingen/<uuid:change>/akkoord", deciding.approve_change, name="portal-change-approve"),
    path(f"{_ONE}/wijzigingen/<uuid:change>/niet-akkoord", deciding.drop_change, name="portal-change-refuse"),
]
