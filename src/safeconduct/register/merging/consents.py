"""What merges and splits say of consents that were given before: the more careful answer holds.

After a split nobody knows which of the two people agreed: what was agreed to before counts no more. After a merge the consents
of the record that holds go on, unless the same person took the same one back under the other number; those given under
the other number stay there, and are asked for again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.register.models import Consent, ConsentWithdrawal, Merge, MergeKind

_AT_ONCE = 500


@dataclass
class Overtaken:
    """Up to which moment the consents of a person count no more: all, and those of one purpose and recipient."""

    all: datetime | None = None
    some: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def counts_no_more(self, consent: Consent) -> bool:
        until = [moment for moment in (self.all, self.some.get((consent.purpose, consent.recipient))) if moment is not None]
        return any(consent.recorded_at <= moment for moment in until)


def overtaken_until(people: Collection[UUID]) -> dict[UUID, Overtaken]:
    """Of whom among these people consents were overtaken by a split, or by a withdrawal under a record merged into theirs."""
    ids, found = list(people), dict[UUID, Overtaken]()
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        splits = Merge.objects.filter(person__in=part, kind=MergeKind.SPLIT, undone_at=None).order_by("done_at")
        for person, moment in splits.values_list("person", "done_at"):
            found.setdefault(person, Overtaken()).all = moment
        gone = Merge.objects.filter(other_person__in=part, kind=MergeKind.MERGE, undone_at=None)
        for person, moment in gone.values_list("other_person", "done_at"):
            found.setdefault(person, Overtaken()).all = moment
        withdrawals = ConsentWithdrawal.objects.filter(consent__person__merged_into__in=part).order_by("withdrawn_at")
        for person, purpose, recipient, moment in withdrawals.values_list(
            "consent__person__merged_into", "consent__purpose", "consent__recipient", "withdrawn_at"
        ):
            found.setdefault(person, Overtaken()).some[purpose, recipient] = moment
    return found
