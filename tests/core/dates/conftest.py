"""Sentences need Django's settings; where no site is configured, the least that gives them."""

import os

from django.conf import settings

if not os.environ.get("DJANGO_SETTINGS_MODULE") and not settings.configured:
    settings.configure(USE_I18N=True, LANGUAGE_CODE="en", LANGUAGES=[("en", "English"), ("fa", "فارسی"), ("ar", "العربية")])
