"""The pages, the OpenID door and the machine doors that Django carries, as one WSGI program."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namens.settings")

application = get_wsgi_application()

# What was loaded stays as long as the program: the collector need not walk through it again and again.
gc.collect()
gc.freeze()
