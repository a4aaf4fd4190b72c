"""Settings for tests: the case site's own, on a database that is made for the run."""

from pathlib import Path

from safeconduct.site.settings.base import *
from tests.database import databases, reads_log

SECRET_KEY = "for tests only"
DATABASES = databases()
READS_LOG = reads_log()
SITE_NAME = "Test site"
SITE_ZONE = "Asia/Baghdad"
STATIC_URL = "/static/"
AXES_ENABLED = True
FACTOR_KEY = bytes(range(32))
JOBS_FOLDER = str(Path(READS_LOG).with_name("jobs"))
DOCUMENTS_FOLDER = str(Path(READS_LOG).with_name("documents"))
DOCUMENTS_KEY = bytes(range(1, 33))
