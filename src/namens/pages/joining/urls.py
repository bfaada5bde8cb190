"""Addresses by which organisations and their people begin."""

from django.urls import URLPattern, path

from namens.pages.joining import apply, invitation

urlpatterns: list[URLPattern] = [
    path("organisatie/aanmelden", apply.apply, name="organisation-apply"),
    path("organisatie/aangemeld", apply.applied, name="organisation-applied"),
    path("organisatie/uitnodiging", invitation.invited, name="member-invited"),
    path("organisatie/uitnodiging/<str:token>", invitation.arrive, name="member-arrive"),
    path("organisatie/welkom", invitation.welcome, name="member-welcome"),
]
