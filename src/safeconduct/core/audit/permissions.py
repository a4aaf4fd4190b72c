from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.permissions import permission
from safeconduct.core.access.roles import Role

SEE = permission("audit.see", _("Read the audit chain and verify it"), Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
