"""The decisions door as an ASGI application: `namens serve decisions` runs it under granian."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namens.settings")
django.setup()

from namens.decisions.application import Application  # noqa: E402 - needs the settings

application = Application()
