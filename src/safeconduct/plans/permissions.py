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
# What another choice would change is for the person's own ears: heard by others it becomes a way to press somebody.
TELL_EFFECT = permission(
    "plans.tell_effect", _("Tell a person, in private and on request, what another choice would change"),
    Role.PROTECTION_OFFICER, of_case=True,
)  # fmt: skip
