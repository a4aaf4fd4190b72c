"""A site in a folder of this machine: sealed database, localhost. The key must be held before these settings are read."""

import os
from pathlib import Path

from safeconduct.core.storage.api import SiteFolder
from safeconduct.site.settings.base import *

_site = SiteFolder.find(Path(os.environ["SAFECONDUCT_SITE"]))

SECRET_KEY = _site.django_secret()
FACTOR_KEY = _site.secret_for("second factor")
JOBS_FOLDER = str(_site.path / "jobs")
DOCUMENTS_FOLDER = str(_site.files / "documents")
DOCUMENTS_KEY = _site.secret_for("documents")
SECOND_FACTOR = "offered" if _site.is_demonstration else "required"
DATABASES = _site.databases()
SITE_NAME = _site.about.name
SITE_KIND = _site.about.kind
SITE_ZONE = _site.about.zone
TRAVELLING_COPY = _site.is_travelling
SITE_TODAY = _site.about.today.isoformat() if _site.about.today else ""
DEMONSTRATION_PASSWORD = "safe conduct for all" if _site.is_demonstration else ""
SITE_FOLDER = str(_site.path)
AUDIT_ANCHOR = str(_site.anchor)
READS_LOG = str(_site.reads)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
