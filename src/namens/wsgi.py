"""The pages, the OpenID door and the machine doors that Django carries, as one WSGI program."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namens.settings")

application = get_wsgi_application()
