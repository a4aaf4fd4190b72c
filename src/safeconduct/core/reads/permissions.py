from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.permissions import permission
from safeconduct.core.access.roles import Role

SEE = permission(
    "reads.see", _("Read who looked at a person's record, by role"), Role.PROTECTION_OFFICER, Role.SUPERVISOR, of_case=True
)
NAME_STAFF = permission(
    "reads.name_staff", _("Decide that the names of staff are shown for one person's log, for a day"), Role.PROTECTION_OFFICER,
    of_case=True,
)  # fmt: skip
HAND_OVER = permission(
    "reads.hand_over", _("Decide that a person gets the log of their own record on paper"), Role.PROTECTION_OFFICER, of_case=True
)
SEE_UNUSUAL = permission(
    "reads.see_unusual", _("See which accounts read many more people than usual, without anybody's name"),
    Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER,
)  # fmt: skip
BEGIN_ANEW = permission("reads.begin_anew", _("Begin a new log of reads where the old one is lost"), Role.ADMINISTRATOR)
CUT = permission("reads.cut", _("Cut reads off that are older than they are kept"), Role.DATA_PROTECTION_OFFICER)
