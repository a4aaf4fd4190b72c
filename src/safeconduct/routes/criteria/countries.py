"""Criteria on countries: nationality, earlier residence, relatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.languages import all_codes, countries_by_name, country_name
from safeconduct.routes.criteria.base import Criterion, Facts, Verdict, one_of


class _Countries(Criterion):
    @classmethod
    def choices(cls, language: str) -> Sequence[tuple[str, Any]]:
        return countries_by_name(language)

    @classmethod
    def check_value(cls, value: str) -> bool:
        return value in all_codes() or value in ("XXA", "XXX")

    def _names(self, language: str) -> str:
        return one_of([country_name(code, language) for code in self.values])

    def _held(self, facts: Facts) -> frozenset[str]:
        raise TypeError("a country criterion names the countries that it looks at")

    def check(self, facts: Facts) -> Verdict:
        held = self._held(facts)
        met = bool(held.intersection(self.values))
        return Verdict(met if self.operator == "in" else not met, self.kind)


class NationalityIs(_Countries):
    """Holds, or does not hold, one of these nationalities."""

    kind = "nationality"
    operators = ("in", "not in")
    label = gettext_lazy("Nationality")

    @classmethod
    def choices(cls, language: str) -> Sequence[tuple[str, Any]]:
        return [*super().choices(language), ("XXA", country_name("XXA", language))]

    def _held(self, facts: Facts) -> frozenset[str]:
        return facts.nationalities

    def check(self, facts: Facts) -> Verdict:
        if not facts.nationalities or facts.nationalities == {"XXX"}:
            return Verdict(None, self.kind)
        return super().check(facts)

    def reading(self, language: str) -> str:
        sentence = _("nationality: %(countries)s") if self.operator == "in" else _("not of the nationality %(countries)s")
        return sentence % {"countries": self._names(language)}


class LivedThereBefore(_Countries):
    """Lived in one of these countries before."""

    kind = "earlier_residence"
    label = gettext_lazy("Earlier residence")

    def _held(self, facts: Facts) -> frozenset[str]:
        return facts.earlier_residences

    def reading(self, language: str) -> str:
        return _("lived before in %(countries)s") % {"countries": self._names(language)}


class HasRelativesThere(_Countries):
    """Has a relative in one of these countries."""

    kind = "family_link"
    label = gettext_lazy("Relatives")

    def _held(self, facts: Facts) -> frozenset[str]:
        return facts.family_links

    def reading(self, language: str) -> str:
        return _("has relatives in %(countries)s") % {"countries": self._names(language)}
