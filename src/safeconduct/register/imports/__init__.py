"""People and families out of sheets: which columns, which words, and what is wrong with a row. No database here."""

from safeconduct.register.imports.columns import FAMILIES, PEOPLE
from safeconduct.register.imports.families import FamilyRow, read_families
from safeconduct.register.imports.people import PersonRow, read_people

__all__ = ["FAMILIES", "PEOPLE", "FamilyRow", "PersonRow", "read_families", "read_people"]
