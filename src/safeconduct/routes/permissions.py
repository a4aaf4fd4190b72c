from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import CASEWORK, Role, permission

SEE_OFFERS = permission("routes.see_offers", _("See offers, their conditions and their sources"), *CASEWORK, Role.DOCUMENTER)
EDIT_OFFERS = permission(
    "routes.edit_offers", _("Enter and correct offers, their rules and their information sheets"), Role.RESETTLEMENT_OFFICER
)
SEE_CHOICES = permission(
    "routes.see_choices", _("See what a person chose"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER, Role.CHILD_PROTECTION_OFFICER,
)  # fmt: skip
RECORD_CHOICES = permission(
    "routes.record_choices", _("Record a person's choice after a private talk"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER,
)  # fmt: skip
IMPORT_CHOICES = permission(
    "routes.import_choices", _("Read in a sheet of choices"),
    Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, Role.INTERVIEWER,
)  # fmt: skip
MARK_PAIRS = permission(
    "routes.mark_pairs", _("Pin a person to an offer, or bar the pair, with a reason"),
    Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER,
)  # fmt: skip
