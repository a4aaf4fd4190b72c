"""Languages of the site and what hangs on them: direction, digits, names of countries, nationalities, languages."""

from safeconduct.core.languages.countries import STATELESS, UNDETERMINED, all_codes, countries_by_name, country_code, country_name
from safeconduct.core.languages.scripts import (
    LANGUAGES,
    ascii_digits,
    direction,
    language_name,
    localise_digits,
    plain,
)

__all__ = [
    "LANGUAGES",
    "STATELESS",
    "UNDETERMINED",
    "all_codes",
    "ascii_digits",
    "countries_by_name",
    "country_code",
    "country_name",
    "direction",
    "language_name",
    "localise_digits",
    "plain",
]
