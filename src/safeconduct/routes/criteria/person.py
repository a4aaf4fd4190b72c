"""Criteria on the person: age, sex, status, specific needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.languages import localise_digits
from safeconduct.register.api import CATEGORIES, CODES, Sex, Status, need_label
from safeconduct.routes.criteria.base import Criterion, Facts, Verdict, one_of


class AgeIs(Criterion):
    """Older or younger than so many years; an age that is known only as an interval must lie in it whole."""

    kind = "age"
    operators = (">=", "<", ">", "<=")
    label = gettext_lazy("Age")
    single = True

    @classmethod
    def check_value(cls, value: str) -> bool:
        return value.isascii() and value.isdigit() and int(value) <= 120

    def check(self, facts: Facts) -> Verdict:
        if facts.ages is None:
            return Verdict(None, "age")
        limit = int(self.values[0])
        tests = {">=": limit.__le__, "<": limit.__gt__, ">": limit.__lt__, "<=": limit.__ge__}
        each = {bool(tests[self.operator](age)) for age in facts.ages}
        return Verdict(each.pop() if len(each) == 1 else None, "age", {"limit": limit})

    def reading(self, language: str) -> str:
        sentences = {
            ">=": _("at least %(years)s years old"),
            ">": _("more than %(years)s years old"),
            "<": _("younger than %(years)s years"),
            "<=": _("at most %(years)s years old"),
        }
        return sentences[self.operator] % {"years": localise_digits(self.values[0], language)}


class SexIs(Criterion):
    """Of one of these sexes."""

    kind = "sex"
    label = gettext_lazy("Sex")

    @classmethod
    def allowed_values(cls) -> Sequence[str]:
        return [sex.value for sex in Sex if sex != Sex.UNKNOWN]

    def check(self, facts: Facts) -> Verdict:
        return Verdict(None if facts.sex == "unknown" else facts.sex in self.values, "sex")

    def reading(self, language: str) -> str:
        return one_of([str(Sex(value).label) for value in self.values])


class StatusIs(Criterion):
    """Of one of these protection statuses: what the determination said."""

    kind = "status"
    label = gettext_lazy("Determination")

    @classmethod
    def allowed_values(cls) -> Sequence[str]:
        return [status.value for status in Status]

    def check(self, facts: Facts) -> Verdict:
        return Verdict(facts.status in self.values if facts.status else None, "status")

    def reading(self, language: str) -> str:
        return one_of([str(Status(value).label) for value in self.values])


class HasNeed(Criterion):
    """Has one of these specific needs (UNHCR codes), whole or by their first two letters."""

    kind = "need"
    operators = ("in", "not in")
    label = gettext_lazy("Specific need")

    @classmethod
    def choices(cls, language: str) -> Sequence[tuple[str, Any]]:
        """Every code below its category; a category alone means any of its codes."""
        codes = [code for letters in CATEGORIES for code in (letters, *(c for c in CODES if c.startswith(f"{letters}-")))]
        return [(code, f"{need_label(code)} ({code})") for code in codes]

    @classmethod
    def check_value(cls, value: str) -> bool:
        return bool(need_label(value))

    def check(self, facts: Facts) -> Verdict:
        met = any(code == value or code.split("-")[0] == value for code in facts.needs for value in self.values)
        return Verdict(met if self.operator == "in" else not met, "need")

    def reading(self, language: str) -> str:
        names = one_of([str(need_label(value)) for value in self.values])
        return (_("with the need: %(needs)s") if self.operator == "in" else _("without the need: %(needs)s")) % {"needs": names}
