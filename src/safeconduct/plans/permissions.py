from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Role, permission

SEE_PLANS = permission(
    "plans.see_plans", _("See plans and their reasons"),
    Role.RESETTLEMENT_OFFICER, Role.PROTECTION_OFFICER, Role.SUPERVISOR,
)  # fmt: skip
COMPUTE = permission("plans.compute", _("Compute a plan"), Role.RESETTLEMENT_OFFICER)
APPROVE = permission(
    "plans.approve",
    _("Approve a plan that somebody else computed, or send it back"),
    Role.SUPERVISOR,
    Role.PROTECTION_OFFICER,
)
