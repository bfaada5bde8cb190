"""A small municipal site that logs people in with DigiD Machtigen, as its library's documentation says."""

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SECRET_KEY = os.environ["SITE_SECRET_KEY"]
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "urls"
LANGUAGE_CODE = "nl"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django_jsonform",
    "solo",
    "privates",
    "simple_certmanager",
    "sessionprofile",
    "mozilla_django_oidc",
    "mozilla_django_oidc_db",
    "digid_eherkenning",
    "digid_eherkenning.oidc",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [FOLDER / "templates"],
        "OPTIONS": {"context_processors": ["django.contrib.messages.context_processors.messages"]},
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["SITE_DATABASE"],
        "HOST": os.environ["SITE_DATABASE_FOLDER"],
        "USER": "postgres",
    }
}
# All sites of the test are on localhost, where cookies do not care about ports.
SESSION_COOKIE_NAME = "site_session"
PRIVATE_MEDIA_ROOT = FOLDER
SENDFILE_BACKEND = "django_sendfile.backends.simple"
AUTHENTICATION_BACKENDS = ["mozilla_django_oidc_db.backends.OIDCAuthenticationBackend"]
OIDC_AUTHENTICATE_CLASS = "mozilla_django_oidc_db.views.OIDCAuthenticationRequestView"
OIDC_CALLBACK_CLASS = "mozilla_django_oidc_db.views.OIDCCallbackView"
if "SITE_USES_PKCE" in os.environ:  # The library's own default is: not.
    OIDC_USE_PKCE = True
