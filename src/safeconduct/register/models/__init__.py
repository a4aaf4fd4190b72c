"""The tables of the register, one file a subject."""

from safeconduct.register.models.cases import Assignment, Case, EmergencyOpening, EmergencyReason
from safeconduct.register.models.consents import Consent, ConsentWithdrawal, Evidence, Explained, FieldGroup, Giver, Purpose
from safeconduct.register.models.documents import Document, DocumentKind, DocumentPage, TakenDocument
from safeconduct.register.models.erasure import Erasure, ErasureGround
from safeconduct.register.models.exports import Export, ExportedPerson, ExportReason
from safeconduct.register.models.families import FamilyUnit, Membership, Relation, RelationKind, RelationToHead
from safeconduct.register.models.imports import ImportBatch, ImportedRow, RememberedColumn, RowState
from safeconduct.register.models.merging import Merge, MergedRow, MergeKind, MergeReason
from safeconduct.register.models.people import (
    EarlierResidence,
    FamilyLink,
    NameKey,
    NameKind,
    Nationality,
    Person,
    PersonName,
    Script,
    Sex,
    SpokenLanguage,
    Urgency,
)
from safeconduct.register.models.recall import Recall, RecallAnswer
from safeconduct.register.models.situations import BestInterestsDecision, Need, Presence, ProtectionStatus, Status
from safeconduct.register.models.travelling import HeldChange, Travel, TravellingRecord, WhyHeld

__all__ = [
    "Assignment", "BestInterestsDecision", "Case", "Consent", "ConsentWithdrawal", "Document", "DocumentKind", "DocumentPage",
    "EarlierResidence", "EmergencyOpening", "EmergencyReason", "Erasure", "ErasureGround", "Evidence", "Explained", "Export",
    "ExportReason", "ExportedPerson", "FamilyLink", "FamilyUnit", "FieldGroup", "Giver", "HeldChange", "ImportBatch", "ImportedRow",
    "Membership", "Merge", "MergeKind", "MergeReason", "MergedRow", "NameKey", "NameKind", "Nationality", "Need", "Person",
    "PersonName", "Presence", "ProtectionStatus", "Purpose", "Recall", "RecallAnswer", "Relation", "RelationKind",
    "RelationToHead", "RememberedColumn", "RowState", "Script", "Sex", "SpokenLanguage", "Status", "TakenDocument", "Travel",
    "TravellingRecord", "Urgency", "WhyHeld",
]  # fmt: skip
