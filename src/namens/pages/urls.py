"""Addresses of our own pages, grouped by the person whom they serve. All in one namespace: `pages:…`."""

from django.urls import URLPattern

from namens.pages.client import urls as client
from namens.pages.helpdesk import urls as helpdesk
from namens.pages.helper import urls as helper
from namens.pages.letters import urls as letters
from namens.pages.mandates import urls as mandates
from namens.pages.public import urls as public
from namens.pages.work import urls as work

app_name = "pages"
urlpatterns: list[URLPattern] = [
    *public.urlpatterns,
    *client.urlpatterns,
    *helper.urlpatterns,
    *mandates.urlpatterns,
    *letters.urlpatterns,
    *helpdesk.urlpatterns,
    *work.urlpatterns,
]
