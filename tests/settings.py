"""Settings for tests: the case site's own, as far as its rooms are open."""

SECRET_KEY = "for tests only"
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fa", "فارسی"), ("ar", "العربية")]
AUTH_USER_MODEL = "access.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "safeconduct.core.access",
    "safeconduct.core.audit",
    "safeconduct.core.sources",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/tmp/safeconduct-tests.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
}
