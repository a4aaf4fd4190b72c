from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import CASEWORK, Role, permission

SEE_OFFERS = permission(
    "routes.see_offers", _("See offers, their conditions and their sources"), *CASEWORK, Role.DOCUMENTER, travels=True
)
EDIT_OFFERS = permission(
    "routes.edit_offers", _("Enter and correct offers, their rules and their information sheets"), Role.RESETTLEMENT_OFFICER
)
# A choice is the person's own. Only whoever holds the talks, and whoever answers for a child, sees the answers, who was in the
# room and what was said before: to have thought of a return, or no longer to, can put somebody in danger. A resettlement officer
# works with what counts, as the plan and its reasons give it.
SEE_CHOICES = permission(
    "routes.see_choices", _("See what a person chose"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.CHILD_PROTECTION_OFFICER, of_case=True, travels=True,
)  # fmt: skip
SEE_ELIGIBILITY = permission(
    "routes.see_eligibility", _("See which offers fit a person, and which are pinned or barred"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER, Role.CHILD_PROTECTION_OFFICER, of_case=True, travels=True,
)  # fmt: skip
# Also the list of talks to hold again: it says who was not alone, and serves nobody who does not hold them.
RECORD_CHOICES = permission(
    "routes.record_choices", _("Record a person's choice after a private talk"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER, of_case=True, travels=True,
)  # fmt: skip
IMPORT_CHOICES = permission(
    "routes.import_choices", _("Read in a sheet of choices"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER,
)  # fmt: skip
MARK_PAIRS = permission(
    "routes.mark_pairs", _("Pin a person to an offer, or bar the pair, with a reason"),
    Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, of_case=True, travels=True,
)  # fmt: skip
