"""Addresses of logging in."""

from django.urls import path

from namens.pages.entrance import arrive, depart, worlds

app_name = "signin"
urlpatterns = [
    path("which", worlds.which, name="which"),
    path("elsewhere", worlds.elsewhere, name="elsewhere"),
    path("<slug:broker>", depart.start, name="start"),
    path("<slug:broker>/again", depart.again, name="again"),
    path("<slug:broker>/callback", arrive.callback, name="callback"),
]
