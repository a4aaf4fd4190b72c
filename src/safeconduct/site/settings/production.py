"""A site on PostgreSQL behind a server that speaks HTTPS: everything of `embedded`, and cookies that never leave HTTPS.

The host names come from SAFECONDUCT_HOSTS (comma separated); the database from the service named in site.toml, whose
address and password stand in PostgreSQL's own service and password files.
"""

import os

from safeconduct.site.settings.embedded import *

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("SAFECONDUCT_HOSTS", "").split(",") if host.strip()]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 86400
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"  # its last address: the server in front appends the one that it saw
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
