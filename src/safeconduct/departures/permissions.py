from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Role, permission

SEE_SUBMISSIONS = permission(
    "departures.see_submissions", _("See who is prepared for submission, and what holds a submission back"),
    Role.RESETTLEMENT_OFFICER, Role.PROTECTION_OFFICER, Role.SUPERVISOR,
)  # fmt: skip
SUBMIT = permission("departures.submit", _("Take out the submissions of an approved plan"), Role.RESETTLEMENT_OFFICER)
