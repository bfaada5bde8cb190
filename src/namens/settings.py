"""The one settings file. Every variable is read through `namens.lib.env` and described in docs/settings.md."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from namens.api.config import ApiContact
from namens.decisions.config import DecisionSettings
from namens.exchange.config import ExchangeSettings
from namens.lib import env, languages, logs, variables
from namens.population.config import BrpSettings
from namens.post.config import NotifySettings, SmtpSettings

ROOT = Path(__file__).resolve().parents[2]

ENVIRONMENT = env.choice("NAMENS_ENVIRONMENT", options=("production", "practice"), default="production")
IS_PRACTICE = ENVIRONMENT == "practice"
BANNER = env.text("NAMENS_BANNER", default="").strip()
BANNER_EN = env.text("NAMENS_BANNER_EN", default="").strip()
BANNER_COLOUR = env.choice("NAMENS_BANNER_COLOUR", options=("purple", "orange", "green", "blue"), default="purple")
DEBUG = env.flag("NAMENS_DEBUG", default=False)
BASE_URL = env.text("NAMENS_BASE_URL").rstrip("/")
IS_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or "localhost", *env.listed("NAMENS_EXTRA_HOSTS")]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

KEYRING = variables.keyring(env.text("NAMENS_KEYS"))
PAIRWISE_KEY = variables.pairwise_key(env.text("NAMENS_PAIRWISE_KEY"))
SECRET_KEY = KEYRING.derive("django", key_id=KEYRING.current).hex()
SECRET_KEY_FALLBACKS = [KEYRING.derive("django", key_id=key_id).hex() for key_id in KEYRING.ids[1:]]

HELPDESK_PHONE = env.text("NAMENS_HELPDESK_PHONE", default="")
HELPDESK_NAME = env.text("NAMENS_HELPDESK_NAME", default="")
HELPDESK_HOURS = env.text("NAMENS_HELPDESK_HOURS", default="")
API_CONTACT = ApiContact.read(url=BASE_URL)
RETURN_ADDRESS = env.listed("NAMENS_RETURN_ADDRESS")
PRINTER = env.choice("NAMENS_PRINTER", options=("folder", "notifynl"), default="folder")
PRINTER_FOLDER = env.path("NAMENS_PRINTER_FOLDER", default=ROOT / "var" / "letters")
NOTIFYNL = NotifySettings.read()
MAILER = env.choice("NAMENS_MAILER", options=("none", "smtp", "notifynl"), default="none")
_NEEDED_FOR_SMTP = None if MAILER == "smtp" else ""
SMTP = SmtpSettings.parse(
    env.text("NAMENS_SMTP_URL", default=_NEEDED_FOR_SMTP),
    mail_from=env.text("NAMENS_MAIL_FROM", default=_NEEDED_FOR_SMTP),
    timeout_seconds=env.number("NAMENS_SMTP_TIMEOUT_SECONDS", default=20),
    may_be_plain=IS_PRACTICE,
)
LETTER_FONTS = env.path("NAMENS_LETTER_FONTS", default=ROOT / "assets" / "fonts")
BROKERS_FILE = env.path("NAMENS_BROKERS", default=ROOT / "brokers.yaml")
BRP = BrpSettings.read()
TRUSTED_PROXIES = env.number("NAMENS_TRUSTED_PROXIES", default=0)
CLIENT_CERTIFICATE_PROXIES = env.networks("NAMENS_CLIENT_CERTIFICATE_PROXIES")
CLIENT_CERTIFICATE_HEADER = env.word("NAMENS_CLIENT_CERTIFICATE_HEADER", default="ClientCert")
CLIENT_CERTIFICATE_ROOTS = env.path("NAMENS_CLIENT_CERTIFICATE_ROOTS", default=Path("/dev/null"))
PRIVATE_ADDRESSES = env.flag("NAMENS_PRIVATE_ADDRESSES", default=False)

DAYS_AHEAD = variables.within("NAMENS_DAYS_AHEAD", env.number("NAMENS_DAYS_AHEAD", default=90), most=366)
REMINDER_DAYS = variables.within("NAMENS_REMINDER_DAYS", env.number("NAMENS_REMINDER_DAYS", default=30), most=90)
CODE_DAYS = variables.within("NAMENS_CODE_DAYS", env.number("NAMENS_CODE_DAYS", default=14), most=28)
OPEN_CODE_MONTHS = variables.within(
    "NAMENS_OPEN_CODE_MONTHS", env.number("NAMENS_OPEN_CODE_MONTHS", default=3), most=12
)
LETTER_WORKING_DAYS = variables.within(
    "NAMENS_LETTER_WORKING_DAYS", env.number("NAMENS_LETTER_WORKING_DAYS", default=5), most=10
)
LETTER_CODE_LIFE = timedelta(
    days=variables.within("NAMENS_LETTER_CODE_DAYS", env.number("NAMENS_LETTER_CODE_DAYS", default=28), most=42)
)
REQUEST_DAYS = variables.within("NAMENS_REQUEST_DAYS", env.number("NAMENS_REQUEST_DAYS", default=42), most=84)
APPOINTMENTS_KEPT = timedelta(
    days=variables.within("NAMENS_APPOINTMENT_DAYS", env.number("NAMENS_APPOINTMENT_DAYS", default=30), most=90)
)
BY_LETTER_MONTHS = variables.within(
    "NAMENS_BY_LETTER_MONTHS", env.number("NAMENS_BY_LETTER_MONTHS", default=12), most=12
)
LICENCE_MONTHS = variables.within("NAMENS_LICENCE_MONTHS", env.number("NAMENS_LICENCE_MONTHS", default=12), most=12)
REVIEW_DAYS = variables.within("NAMENS_REVIEW_DAYS", env.number("NAMENS_REVIEW_DAYS", default=30), most=366)
UNSEEN_DAYS = variables.within("NAMENS_UNSEEN_DAYS", env.number("NAMENS_UNSEEN_DAYS", default=60), most=366)
REQUESTS = variables.limit(
    "NAMENS_REQUESTS",
    times=env.number("NAMENS_REQUESTS", default=40),
    hours=env.number("NAMENS_REQUESTS_HOURS", default=24),
)
REFUSED_CODES = variables.limit(
    "NAMENS_REFUSED_CODES",
    times=env.number("NAMENS_REFUSED_CODES", default=10),
    hours=env.number("NAMENS_REFUSED_CODES_HOURS", default=24),
)
HAND_OFF_OPENED_WITHIN = timedelta(
    minutes=variables.within("NAMENS_HAND_OFF_MINUTES", env.number("NAMENS_HAND_OFF_MINUTES", default=15), most=30)
)
HAND_OFF_ANSWERED_WITHIN = 2 * HAND_OFF_OPENED_WITHIN
HAND_OFFS = variables.limit("NAMENS_HAND_OFFS", times=env.number("NAMENS_HAND_OFFS", default=60), hours=24)
HAND_OFFS_OF_MEMBERS = variables.limit(
    "NAMENS_HAND_OFFS_OF_MEMBERS", times=env.number("NAMENS_HAND_OFFS_OF_MEMBERS", default=200), hours=24, most=1000
)
REFUSED_HAND_OFFS = variables.limit(
    "NAMENS_REFUSED_HAND_OFFS",
    times=env.number("NAMENS_REFUSED_HAND_OFFS", default=10),
    hours=env.number("NAMENS_REFUSED_HAND_OFFS_HOURS", default=24),
)
UNKNOWN_HELPER_NUMBERS = variables.limit(
    "NAMENS_UNKNOWN_HELPER_NUMBERS",
    times=env.number("NAMENS_UNKNOWN_HELPER_NUMBERS", default=10),
    hours=env.number("NAMENS_UNKNOWN_HELPER_NUMBERS_HOURS", default=24),
)
ORGANISATION_SEARCHES = variables.limit(
    "NAMENS_ORGANISATION_SEARCHES",
    times=env.number("NAMENS_ORGANISATION_SEARCHES", default=50),
    hours=env.number("NAMENS_ORGANISATION_SEARCHES_HOURS", default=24),
)
EMAIL_ADDRESSES = variables.limit(
    "NAMENS_EMAIL_ADDRESSES",
    times=env.number("NAMENS_EMAIL_ADDRESSES", default=5),
    hours=env.number("NAMENS_EMAIL_ADDRESSES_HOURS", default=24),
)
DISPUTES = variables.limit(
    "NAMENS_DISPUTES",
    times=env.number("NAMENS_DISPUTES", default=20),
    hours=env.number("NAMENS_DISPUTES_HOURS", default=24),
)
PROPOSALS = variables.limit(
    "NAMENS_PROPOSALS",
    times=env.number("NAMENS_PROPOSALS", default=20),
    hours=env.number("NAMENS_PROPOSALS_HOURS", default=24),
)
INVITATION_LIFE = timedelta(
    days=variables.within("NAMENS_INVITATION_DAYS", env.number("NAMENS_INVITATION_DAYS", default=14), most=30)
)
LOOK_UPS = variables.limit(
    "NAMENS_LOOK_UPS",
    times=env.number("NAMENS_LOOK_UPS", default=100),
    hours=env.number("NAMENS_LOOK_UPS_HOURS", default=12),
)
MISSED_CALLERS = variables.limit(
    "NAMENS_MISSED_CALLERS",
    times=env.number("NAMENS_MISSED_CALLERS", default=3),
    hours=env.number("NAMENS_MISSED_CALLERS_HOURS", default=24),
)

INSTALLED_APPS = [
    "django.forms",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "namens.replicas.apps.ReplicasConfig",
    "namens.journal",
    "namens.outbox",
    "namens.parties",
    "namens.services",
    "namens.codes",
    "namens.organisations",
    "namens.mandates",
    "namens.post",
    "namens.signin.apps.SigninConfig",
    "namens.helpdesk",
    "namens.appointments",
    "namens.grants",
    "namens.exchange",
    "namens.openid.apps.OpenidConfig",
    "namens.decisions.apps.DecisionsConfig",
    "namens.pages.apps.PagesConfig",
]

MIDDLEWARE = [
    "namens.pages.table.poll.PollMiddleware",
    "namens.signin.middleware.RequestIdMiddleware",
    "namens.signin.middleware.TroubleMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "namens.pages.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "namens.pages.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "namens.signin.middleware.VisitorMiddleware",
    "namens.signin.staff.session.StaffMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "namens.pages.errors.WrongMethodMiddleware",
]

ROOT_URLCONF = "namens.urls"
WSGI_APPLICATION = "namens.wsgi.application"
DECISIONS = DecisionSettings.read(folder=ROOT / "var" / "decisions")
EXCHANGE = ExchangeSettings.read()
DATABASES = {"default": variables.database(env.text("NAMENS_DATABASE_URL"), has_replicas=bool(DECISIONS.replicas))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits on logins and used codes of authenticator apps must hold for all processes together.
# Many entries: who floods the table with tries must not push the counts of others out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "namens_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "signin.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mfa_index"
ALLAUTH_SETTING_GETTER = "namens.signin.staff.config.setting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "namens.pages.context.every_page"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    },
]
FORM_RENDERER = "namens.pages.rendering.NamensRenderer"

LANGUAGE_CODE = languages.DUTCH
LANGUAGES = variables.spoken("NAMENS_LANGUAGES", env.listed("NAMENS_LANGUAGES", default="nl,en"))
LOCALE_PATHS = list(dict.fromkeys([env.path("NAMENS_LOCALE", default=ROOT / "locale"), ROOT / "locale"]))
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [
    folder for folder in [ROOT / "assets" / "built"] if folder.is_dir()
] + [("lessons", ROOT / "assets" / "lessons")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_ENGINE = "namens.signin.sessions"
_OF_THIS_HOST = "__Host-" if IS_HTTPS else ""  # No neighbouring site can plant a cookie with such a name.
SESSION_COOKIE_NAME = f"{_OF_THIS_HOST}namens_session"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = env.number("NAMENS_SESSION_IDLE_SECONDS", default=15 * 60)
SESSION_LONGEST_SECONDS = env.number("NAMENS_SESSION_LONGEST_SECONDS", default=2 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS + SESSION_IDLE_SECONDS
VISIT_IDLE_SECONDS = env.number("NAMENS_VISIT_IDLE_SECONDS", default=10 * 60)
CSRF_COOKIE_NAME = f"{_OF_THIS_HOST}namens_csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "namens.pages.errors.csrf_failure"
BROWSER_COOKIE_NAME = f"{_OF_THIS_HOST}namens_browser"
LANGUAGE_COOKIE_NAME = "namens_language"

SECURE_CONTENT_TYPE_NOSNIFF = True
# Not `no-referrer`: with that a browser sends `Origin: null` with our own forms, and the CSRF check refuses them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["namens.pages.uploads.BoundedUploadHandler"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = logs.LOGGING
logs.configure()
