from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.permissions import EVERYBODY, permission
from safeconduct.core.access.roles import Role

SEE_OWN = permission("jobs.see_own", _("See how far one's own long work is, and cancel it"), *EVERYBODY)
RUN = permission("jobs.run", _("Ask for long work, each with the right for what it does"), *EVERYBODY)
SEE_ALL = permission("jobs.see_all", _("See which long work waits, runs or failed, without what it is about"), Role.ADMINISTRATOR)
