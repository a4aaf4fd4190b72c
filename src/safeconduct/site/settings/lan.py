"""A site that a team opens by one name over HTTPS; SAFECONDUCT_LAN says the name, `safeconduct serve --lan` sets it.

Cookies never leave HTTPS and go to no other name. Nothing is redirected from plain HTTP: nothing listens there.
"""

import os

from safeconduct.site.settings.embedded import *

LAN_NAME = os.environ["SAFECONDUCT_LAN"]
ALLOWED_HOSTS = [LAN_NAME, "localhost", "127.0.0.1", "[::1]"]
# A form is taken from the very name and port that it was sent to, so that no other origin need be trusted.
CSRF_TRUSTED_ORIGINS = []
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
SECURE_HSTS_SECONDS = 365 * 86400
