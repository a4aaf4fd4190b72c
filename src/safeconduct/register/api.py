"""The face of the register for the other rooms."""

from safeconduct.register.access import visible_to, why_visible
from safeconduct.register.consents import MayLeave, may_leave, record_consent, withdraw_consent
from safeconduct.register.imports.kinds import Compared, Kind, kinds
from safeconduct.register.imports.kinds import declare as declare_kind
from safeconduct.register.imports.words import read_language
from safeconduct.register.models import (
    Consent,
    Evidence,
    FamilyUnit,
    FieldGroup,
    Giver,
    Person,
    Purpose,
    RowState,
    Sex,
    Status,
    Urgency,
)
from safeconduct.register.names import fathers, full_names
from safeconduct.register.needs import CATEGORIES, CODES, RESTRICTED, category, need_label
from safeconduct.register.panels import panel
from safeconduct.register.queries import count_here, counts
from safeconduct.register.residents import Resident, ages, children_without_decision, company, residents
from safeconduct.register.rules import may_be_child, may_enter_plan
from safeconduct.register.showing import name_of

__all__ = [
    "CATEGORIES",
    "CODES",
    "RESTRICTED",
    "Compared",
    "Consent",
    "Evidence",
    "FamilyUnit",
    "FieldGroup",
    "Giver",
    "Kind",
    "MayLeave",
    "Person",
    "Purpose",
    "Resident",
    "RowState",
    "Sex",
    "Status",
    "Urgency",
    "ages",
    "category",
    "children_without_decision",
    "company",
    "count_here",
    "counts",
    "declare_kind",
    "fathers",
    "full_names",
    "kinds",
    "may_be_child",
    "may_enter_plan",
    "may_leave",
    "name_of",
    "need_label",
    "panel",
    "read_language",
    "record_consent",
    "residents",
    "visible_to",
    "why_visible",
    "withdraw_consent",
]
