"""Addresses of our own pages, grouped by the person whom they serve. All in one namespace: `pages:…`."""

from django.urls import URLPattern

from namens.pages.appointments import urls as appointments
from namens.pages.client import urls as client
from namens.pages.disputes import urls as disputes
from namens.pages.done import urls as done
from namens.pages.guide import urls as guide
from namens.pages.helpdesk import urls as helpdesk
from namens.pages.helper import urls as helper
from namens.pages.joining import urls as joining
from namens.pages.lessons import urls as lessons
from namens.pages.letters import urls as letters
from namens.pages.manager import urls as manager
from namens.pages.mandates import urls as mandates
from namens.pages.operator import urls as operator
from namens.pages.portals import urls as portals
from namens.pages.public import urls as public
from namens.pages.table import urls as table
from namens.pages.visit import urls as visit
from namens.pages.work import urls as work

app_name = "pages"
urlpatterns: list[URLPattern] = [
    *public.urlpatterns,
    *appointments.urlpatterns,
    *client.urlpatterns,
    *helper.urlpatterns,
    *mandates.urlpatterns,
    *done.urlpatterns,
    *disputes.urlpatterns,
    *lessons.urlpatterns,
    *letters.urlpatterns,
    *helpdesk.urlpatterns,
    *manager.urlpatterns,
    *joining.urlpatterns,
    *operator.urlpatterns,
    *portals.urlpatterns,
    *work.urlpatterns,
    *table.urlpatterns,
    *visit.urlpatterns,
    *guide.urlpatterns,
]
