from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import CASEWORK, Role, permission

SEE_PEOPLE = permission("register.see_people", _("See people and families of one's own cases"), *CASEWORK, travels=True)
# Who registers must not register twice, who assigns must see what is to be assigned, who traces looks for somebody whose case
# is a colleague's, who submits submits for everybody. They see who is there, and of other cases nothing else.
SEE_WHOLE_REGISTER = permission(
    "register.see_whole_register", _("See who is in the register, whatever the case: names, age, place and family"),
    Role.REGISTRAR, Role.TRACING_OFFICER, Role.RESETTLEMENT_OFFICER, Role.SUPERVISOR,
)  # fmt: skip
ASSIGN_CASES = permission("register.assign_cases", _("Assign cases to colleagues and teams, and end it"), Role.SUPERVISOR)
OPEN_IN_EMERGENCY = permission(
    "register.open_in_emergency", _("Open a case that is not one's own in an emergency: with a reason, for an hour"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.TRACING_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER,
    Role.CHILD_PROTECTION_OFFICER, Role.MEDICAL_OFFICER,
)  # fmt: skip
READ_OPENINGS = permission(
    "register.read_openings", _("Read who opened which case in an emergency, and say whether it was justified"), Role.SUPERVISOR
)
SEE_CASE = permission(
    "register.see_case", _("See a person's record: status, languages, stays, relations, consents, and what happened when"),
    *CASEWORK, of_case=True, travels=True,
)  # fmt: skip
SEE_NEEDS = permission(
    "register.see_needs", _("See the specific needs of a person"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.CHILD_PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.RESETTLEMENT_OFFICER,
    Role.INTERVIEWER, Role.ELIGIBILITY_OFFICER, Role.REVIEWING_OFFICER, of_case=True, travels=True,
)  # fmt: skip
SEE_MEDICAL_NEEDS = permission(
    "register.see_medical_needs", _("See which medical condition or disability a need is"),
    Role.MEDICAL_OFFICER, Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, of_case=True, travels=True,
)  # fmt: skip
SEE_RELATIVES_ABROAD = permission(
    "register.see_relatives_abroad", _("See in which countries relatives of a person live"),
    Role.PROTECTION_OFFICER, Role.TRACING_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER, Role.ELIGIBILITY_OFFICER,
    of_case=True, travels=True,
)  # fmt: skip
REGISTER = permission(
    "register.register", _("Register people and families; correct those of one's own cases"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, of_case=True, travels=True,
)  # fmt: skip
MERGE = permission(
    "register.merge", _("Merge two records of one person or family, split one that holds two, and undo it"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, of_case=True,
)  # fmt: skip
SEE_IMPORTS = permission(
    "register.see_imports", _("Read in sheets and see what was read"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, Role.INTERVIEWER,
)  # fmt: skip
IMPORT = permission(
    "register.import", _("Read in a sheet, accept or discard it"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, Role.INTERVIEWER,
)  # fmt: skip
SEE_EXPORTS = permission("register.see_exports", _("Ask for sheets and take them out, each with the right for its kind"), *CASEWORK)
EXPORT = permission(
    "register.export", _("Take the register out as a sheet, with a second person and each person's consent"), Role.REGISTRAR
)
DECIDE_EXPORTS = permission(
    "register.decide_exports", _("Allow or refuse a sheet about people that a colleague asked for"),
    Role.PROTECTION_OFFICER, Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER,
)  # fmt: skip
RECORD_CONSENT = permission(
    "register.record_consent", _("Record a person's consent, and its withdrawal"),
    Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER, of_case=True, travels=True,
)  # fmt: skip
DECIDE_BEST_INTERESTS = permission(
    "register.decide_best_interests", _("Record a best-interests decision for a child"), Role.CHILD_PROTECTION_OFFICER,
    of_case=True, travels=True,
)  # fmt: skip
SEE_DOCUMENTS = permission(
    "register.see_documents", _("See the pages of a person's documents"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.ELIGIBILITY_OFFICER, Role.REVIEWING_OFFICER,
    Role.RESETTLEMENT_OFFICER, Role.CHILD_PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.TRACING_OFFICER, of_case=True,
)  # fmt: skip
ADD_DOCUMENTS = permission(
    "register.add_documents", _("Add a document to a person's record"),
    Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER, Role.CHILD_PROTECTION_OFFICER,
    Role.MEDICAL_OFFICER, of_case=True,
)  # fmt: skip
TAKE_OUT_DOCUMENTS = permission(
    "register.take_out_documents", _("Take the original of a document out as a file, with the person's consent"),
    Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, of_case=True,
)  # fmt: skip
REMOVE_DOCUMENTS = permission(
    "register.remove_documents", _("Remove a document for good"), Role.PROTECTION_OFFICER, of_case=True,
)  # fmt: skip
ASK_ERASURE = permission(
    "register.ask_erasure", _("Ask that a person's record is erased"), Role.PROTECTION_OFFICER, of_case=True,
)  # fmt: skip
DECIDE_ERASURE = permission(
    "register.decide_erasure",
    _("Decide on requests for erasure; the record itself is not shown for it"),
    Role.DATA_PROTECTION_OFFICER,
)
TRAVEL = permission("register.travel", _("Take one's own cases along on another machine, and bring them back"), *CASEWORK)
SEE_ALL_TRAVELS = permission(
    "register.see_all_travels", _("See who has cases along, declare a copy lost, and bring one back for a colleague"),
    Role.SUPERVISOR,
)  # fmt: skip
