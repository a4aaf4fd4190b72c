"""For checking the records of a backup before there is a site: the rooms, and no database of one's own."""

from safeconduct.site.settings.base import *

SECRET_KEY = "not used: nothing is signed while a backup is restored"
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
