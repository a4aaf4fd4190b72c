"""Registration numbers of records that were merged into others."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.register.models import Person
from safeconduct.register.queries import in_parts


def merged_numbers(numbers: Iterable[str]) -> dict[str, str]:
    """Number of a merged record among these → number of the record that holds."""
    found: dict[str, str] = {}
    for part in in_parts(sorted(set(numbers))):
        merged = Person.every.filter(number__in=part, merged_into__isnull=False)
        found.update(merged.values_list("number", "merged_into__number"))
    return found
