"""The face of the register for the other rooms."""

from safeconduct.register.access import (
    has_case,
    listed_for,
    open_among,
    open_to,
    reader_of,
    rights_that_end,
    sees_everybody,
    visible_to,
)
from safeconduct.register.actions.cases import assign, end_assignment
from safeconduct.register.cases import cases_of_block, openings, without_anybody
from safeconduct.register.consents import MayLeave, may_leave, record_consent, record_consents, withdraw_consent
from safeconduct.register.documents.queries import missing_documents
from safeconduct.register.erasure import retention
from safeconduct.register.erasure.queries import to_decide as erasures_to_decide
from safeconduct.register.exports.actions import PURPOSES as EXPORT_PURPOSES
from safeconduct.register.exports.actions import ask_for_export, decide_export, take_out_export
from safeconduct.register.exports.queries import waiting as exports_to_decide
from safeconduct.register.imports.kinds import Compared, Kind, kinds
from safeconduct.register.imports.kinds import declare as declare_kind
from safeconduct.register.imports.words import read_language
from safeconduct.register.levels import CASE, CHOICES, CONSENTS, DOCUMENTS, ELIGIBILITY, MEDICAL, NEEDS, PLAN, levels_of
from safeconduct.register.merging.actions import merge_people, undo_merge
from safeconduct.register.merging.own import PARTS as MERGE_PARTS
from safeconduct.register.merging.queries import last_merge
from safeconduct.register.merging.steps import Steps, field_of, stored
from safeconduct.register.merging.ties import tie, unless_alike
from safeconduct.register.models import (
    Consent,
    Evidence,
    ExportReason,
    FamilyUnit,
    FieldGroup,
    Giver,
    HeldChange,
    MergeReason,
    Person,
    Purpose,
    RowState,
    Sex,
    Status,
    Travel,
    Urgency,
    WhyHeld,
)
from safeconduct.register.names import fathers, full_names
from safeconduct.register.needs import CATEGORIES, CODES, RESTRICTED, category, need_label
from safeconduct.register.panels import panel
from safeconduct.register.queries import counts, is_here, mention
from safeconduct.register.recall.leavings import Leaving, leaves_by
from safeconduct.register.residents import Resident, ages, children_without_decision, company, here_since, residents
from safeconduct.register.rules import may_be_child, may_enter_plan
from safeconduct.register.showing import OWN, name_of
from safeconduct.register.travelling import refusals as travel_refusals
from safeconduct.register.travelling.actions.coming import Outcomes, bring_back
from safeconduct.register.travelling.actions.deciding import declare_lost
from safeconduct.register.travelling.actions.leaving import Taken, take_along
from safeconduct.register.travelling.entering import Entering
from safeconduct.register.travelling.parts import Ledger, Part, along, ledger, part
from safeconduct.register.travelling.queries import open_decisions, travels
from safeconduct.register.travelling.reading import Brought, read_copy, refuse_foreign
from safeconduct.register.views.common import known_person_or_404, refuse_from_outside

__all__ = [
    "CASE",
    "CATEGORIES",
    "CHOICES",
    "CODES",
    "CONSENTS",
    "DOCUMENTS",
    "ELIGIBILITY",
    "EXPORT_PURPOSES",
    "MEDICAL",
    "MERGE_PARTS",
    "NEEDS",
    "OWN",
    "PLAN",
    "RESTRICTED",
    "Brought",
    "Compared",
    "Consent",
    "Entering",
    "Evidence",
    "ExportReason",
    "FamilyUnit",
    "FieldGroup",
    "Giver",
    "HeldChange",
    "Kind",
    "Leaving",
    "Ledger",
    "MayLeave",
    "MergeReason",
    "Outcomes",
    "Part",
    "Person",
    "Purpose",
    "Resident",
    "RowState",
    "Sex",
    "Status",
    "Steps",
    "Taken",
    "Travel",
    "Urgency",
    "WhyHeld",
    "ages",
    "along",
    "ask_for_export",
    "assign",
    "bring_back",
    "cases_of_block",
    "category",
    "children_without_decision",
    "company",
    "counts",
    "decide_export",
    "declare_kind",
    "declare_lost",
    "end_assignment",
    "erasures_to_decide",
    "exports_to_decide",
    "fathers",
    "field_of",
    "full_names",
    "has_case",
    "here_since",
    "is_here",
    "kinds",
    "known_person_or_404",
    "last_merge",
    "leaves_by",
    "ledger",
    "levels_of",
    "listed_for",
    "may_be_child",
    "may_enter_plan",
    "may_leave",
    "mention",
    "merge_people",
    "missing_documents",
    "name_of",
    "need_label",
    "open_among",
    "open_decisions",
    "open_to",
    "openings",
    "panel",
    "part",
    "read_copy",
    "read_language",
    "reader_of",
    "record_consent",
    "record_consents",
    "refuse_foreign",
    "refuse_from_outside",
    "residents",
    "retention",
    "rights_that_end",
    "sees_everybody",
    "stored",
    "take_along",
    "take_out_export",
    "tie",
    "travel_refusals",
    "travels",
    "undo_merge",
    "unless_alike",
    "visible_to",
    "withdraw_consent",
    "without_anybody",
]
