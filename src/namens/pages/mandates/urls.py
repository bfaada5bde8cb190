"""Addresses of the overview and of one mandate."""

from django.urls import path

from namens.pages.mandates import desk, detail, overview, people, report, second_yes, shorten, stop

urlpatterns = [
    path("mijn-machtigingen", overview.overview, name="mandates"),
    path("mijn-machtigingen/helpdesk", desk.desk, name="desk"),
    path("mijn-machtigingen/<uuid:mandate>", detail.detail, name="mandate"),
    path("mijn-machtigingen/<uuid:mandate>/stoppen", stop.stop, name="stop"),
    path("mijn-machtigingen/<uuid:mandate>/tweede-ja", second_yes.second_yes, name="second-yes"),
    path("mijn-machtigingen/<uuid:mandate>/gestopt", stop.stopped, name="stopped"),
    path("mijn-machtigingen/<uuid:mandate>/klopt-niet", report.report, name="report"),
    path("mijn-machtigingen/<uuid:mandate>/klopt-niet/nooit-gewild", report.unwanted, name="report-unwanted"),
    path("mijn-machtigingen/<uuid:mandate>/klopt-niet/bedankt", report.reported, name="reported"),
    path("mijn-machtigingen/<uuid:mandate>/weer-aanzetten", report.restore, name="restore"),
    path("mijn-machtigingen/<uuid:mandate>/mensen/<uuid:member>/niet-meer", people.leave_out, name="leave-out"),
    path("mijn-machtigingen/<uuid:mandate>/mensen/<uuid:member>/weer-wel", people.let_in, name="let-in"),
    path("mijn-machtigingen/<uuid:mandate>/eerder-aflopen", shorten.shorten, name="shorten"),
]
