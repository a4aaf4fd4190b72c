"""What the web server runs."""

import gc
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from safeconduct.site.turns import InTurn

application = InTurn(get_wsgi_application())
import_module(settings.ROOT_URLCONF)
# What a worker has loaded stays; to look all of it through for garbage halts a page for a fifth of a second.
gc.collect()
gc.freeze()
