"""Addresses of the guide."""

urlpatterns: list[object] = []
