from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import EVERYBODY, permission

# Pressed wrongly it costs a restart with the passphrase; not to be able to press it can cost lives.
LOCK_SITE = permission("storage.lock_site", _("Lock the whole site in an emergency"), *EVERYBODY, travels=True)
