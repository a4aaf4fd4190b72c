"""Settings for tests: the case site's own, on a database that is made for the run."""

from safeconduct.site.settings.base import *
from tests.database import databases

SECRET_KEY = "for tests only"
DATABASES = databases()
SITE_NAME = "Test site"
SITE_ZONE = "Asia/Baghdad"
STATIC_URL = "/static/"
AXES_ENABLED = True
