"""What every kind of site shares. A kind adds its database and its transport."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

PACKAGE = Path(__file__).resolve().parents[2]

DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
SITE_NAME = "Safeconduct"
SITE_KIND = "real"  # or "demonstration"
SITE_ZONE = "Asia/Baghdad"
SITE_COUNTRY = "IRQ"  # nothing goes to its authorities unless the person knows that it is they
CONSENT_MOST_DAYS = 731  # a consent holds for two years at most; then the person is asked again
TRAVELLING_COPY = False  # some cases of another site, taken along
SITE_TODAY = ""  # a demonstration may stand at a day of the past
DEMONSTRATION_PASSWORD = ""
SITE_FOLDER: str | None = None
AUDIT_ANCHOR: str | None = None
READS_LOG: str | None = None  # without a log nobody is shown
READS_KEPT_DAYS = 5 * 365
KEPT_AFTER_LEAVING_DAYS = 10 * 365  # then the erasure of a record is asked for, and somebody decides
# An hour is unusual with more people than this, and more than five times what is usual for the account.
READS_MANY = {"people": 150, "outside": 20, "refused": 10}
READS_TIMES_USUAL = 5
LAN_NAME = ""  # the one name under which a team finds the site; empty: this machine alone

ROOT_URLCONF = "safeconduct.site.urls"
WSGI_APPLICATION = "safeconduct.site.wsgi.application"
AUTH_USER_MODEL = "access.Account"
LOGIN_URL = "sign_in"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "safeconduct.core.access",
    "safeconduct.core.signin",
    "safeconduct.core.audit",
    "safeconduct.core.reads",
    "safeconduct.core.sources",
    "safeconduct.core.jobs",
    "safeconduct.core.emergency",
    "safeconduct.core.lan",
    "safeconduct.core.design",
    "safeconduct.register",
    "safeconduct.routes",
    "safeconduct.plans",
    "safeconduct.departures",
    "safeconduct.flows",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "safeconduct.core.signin.middleware.SessionsMiddleware",
    "safeconduct.core.access.pages.AccessMiddleware",
    "safeconduct.core.reads.middleware.ReadsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "safeconduct.site.context.page",
            ],
        },
    }
]

# Argon2id, OWASP Password Storage; ASVS 5.0 11.4.2.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "display_name")}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "safeconduct.core.access.backends.AccountBackend",  # the last: sessions are opened with it
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or whoever goes on guessing shuts a colleague out for good
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "safeconduct.site.lockout.rest"
AXES_CLIENT_IP_CALLABLE = "safeconduct.core.signin.machines.address_of"

SECOND_FACTOR = "offered"  # or "required": who has none sets one up at the first sign-in, and opens nothing else
FACTOR_KEY = b""  # 32 bytes from the site's key; the secrets of authenticator apps are sealed under it
JOBS_FOLDER = ""  # where those who do long work hold their files
DOCUMENTS_FOLDER = ""  # where sealed documents lie
DOCUMENTS_KEY = b""  # 32 bytes from the site's key; the key of each document is wrapped under it
ADDRESS_HEADER = ""  # where a server in front says from which address it was asked; empty: nobody stands in front

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fa", "فارسی"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "static/"
STATIC_ROOT: Path | None = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86400

SESSION_ENGINE = "safeconduct.core.signin.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "safeconduct.site.failures.csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A sheet of 200,000 people fits; what is larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = 50 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["safeconduct.core.spreadsheets.uploads.InMemory"]  # never readable on the disk

# No names in logs: a page that was not found by an address somebody typed, or an exception's message, would bring them there.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"nameless": {"()": "safeconduct.site.logs.Nameless"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "nameless"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
