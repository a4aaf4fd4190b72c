"""What of a person's record a page shows, for the log of reads; and what each group of fields is there when it leaves."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from safeconduct.core.reads.api import LEFT, level
from safeconduct.register.models import FieldGroup

CASE = level("case", _("the case"))
NEEDS = level("needs", _("specific needs"))
MEDICAL = level("medical", _("illness, disability, violence suffered"))
RELATIVES_ABROAD = level("relatives_abroad", _("relatives abroad"))
CONSENTS = level("consents", _("consents"))
CHOICES = level("choices", _("choices"))
ELIGIBILITY = level("eligibility", _("eligibility"))
PLAN = level("plan", _("plan"))
DOCUMENTS = level("documents", _("documents and photographs"))

_OF_GROUPS = {
    FieldGroup.FAMILY: CASE, FieldGroup.STAY: CASE, FieldGroup.STATUS: CASE, FieldGroup.NATIONALITY: CASE,
    FieldGroup.CONTACT: RELATIVES_ABROAD, FieldGroup.NEEDS: NEEDS, FieldGroup.MEDICAL: MEDICAL, FieldGroup.CHOICES: CHOICES,
    FieldGroup.DOCUMENTS: DOCUMENTS, FieldGroup.PHOTOGRAPH: DOCUMENTS,
}  # fmt: skip


def levels_of(groups: Iterable[str]) -> set[str]:
    """The levels of what left in a file, from its groups of fields."""
    return {LEFT, "identity"} | {_OF_GROUPS[FieldGroup(each)] for each in groups if FieldGroup(each) in _OF_GROUPS}
