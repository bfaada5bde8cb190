"""Addresses for appointments. No name ever stands in one."""

from django.urls import path

from namens.pages.appointments import agenda, agreeing, begin, changing, check, detail, mine, paper, table

_DRAFT = "afspraken/nieuw/<uuid:draft>"
_ONE = "afspraken/<uuid:appointment>"

urlpatterns = [
    path("afspraken", agenda.every, name="appointments"),
    path("afspraken/nieuw", begin.begin, name="appointment"),
    path(f"{_DRAFT}/wie", begin.who, name="appointment-who"),
    path(f"{_DRAFT}/wanneer", begin.when, name="appointment-when"),
    path(f"{_DRAFT}/diensten", begin.services, name="appointment-services"),
    path(f"{_DRAFT}/toeslagpartner", begin.partner, name="appointment-partner"),
    path(f"{_DRAFT}/wie-is-de-toeslagpartner", begin.partner_who, name="appointment-partner-who"),
    path(f"{_DRAFT}/ja-zeggen", agreeing.way, name="appointment-way"),
    path(f"{_DRAFT}/hoe-lang", agreeing.length, name="appointment-length"),
    path(f"{_DRAFT}/client", agreeing.client, name="appointment-client"),
    path(f"{_DRAFT}/gegevens-van-de-toeslagpartner", agreeing.partner_details, name="appointment-partner-details"),
    path(f"{_DRAFT}/controleren", check.check, name="appointment-check"),
    path(_ONE, detail.detail, name="appointment-detail"),
    path(f"{_ONE}/klaar", detail.made, name="appointment-made"),
    path(f"{_ONE}/overnemen", detail.take, name="appointment-take-over"),
    path(f"{_ONE}/blad/<str:role>", paper.sheet, name="appointment-sheet"),
    path(f"{_ONE}/afspraak.ics", paper.calendar, name="appointment-calendar"),
    path(f"{_ONE}/verzetten", changing.change, name="appointment-move"),
    path(f"{_ONE}/afzeggen", changing.call_off, name="appointment-cancel"),
    path(f"{_ONE}/beginnen", table.begin, name="appointment-begin"),
    path(f"{_ONE}/telefoon", table.phone, name="appointment-phone"),
    path(f"{_ONE}/afsluiten", table.finish, name="appointment-close"),
    path("mijn-afspraken", mine.mine, name="my-appointments"),
]
