from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import EVERYBODY, permission

SEE_TODAY = permission("flows.see_today", _("See the first page, with what waits for one's own roles"), *EVERYBODY, travels=True)
