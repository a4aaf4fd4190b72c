from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import CASEWORK, Role, permission

SEE_PEOPLE = permission("register.see_people", _("See people and families in the register"), *CASEWORK)
SEE_NEEDS = permission(
    "register.see_needs", _("See the specific needs of a person"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.CHILD_PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.RESETTLEMENT_OFFICER,
    Role.INTERVIEWER, Role.ELIGIBILITY_OFFICER, Role.REVIEWING_OFFICER,
)  # fmt: skip
SEE_MEDICAL_NEEDS = permission(
    "register.see_medical_needs", _("See which medical condition or disability a need is"),
    Role.MEDICAL_OFFICER, Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER,
)  # fmt: skip
SEE_RELATIVES_ABROAD = permission(
    "register.see_relatives_abroad", _("See in which countries relatives of a person live"),
    Role.PROTECTION_OFFICER, Role.TRACING_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER, Role.ELIGIBILITY_OFFICER,
)  # fmt: skip
REGISTER = permission("register.register", _("Register and correct people and families"), Role.REGISTRAR, Role.PROTECTION_OFFICER)
SEE_IMPORTS = permission(
    "register.see_imports", _("Read in sheets and see what was read"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, Role.INTERVIEWER,
)  # fmt: skip
IMPORT = permission(
    "register.import", _("Read in a sheet, accept or discard it"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, Role.INTERVIEWER,
)  # fmt: skip
SEE_EXPORTS = permission(
    "register.see_exports", _("Write sheets out for work inside the site, each with the right for its kind"), *CASEWORK
)
EXPORT = permission("register.export", _("Take the register out as a sheet for work inside the site"), Role.REGISTRAR)
RECORD_CONSENT = permission(
    "register.record_consent", _("Record a person's consent, and its withdrawal"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER,
)  # fmt: skip
DECIDE_BEST_INTERESTS = permission(
    "register.decide_best_interests", _("Record a best-interests decision for a child"), Role.CHILD_PROTECTION_OFFICER
)
