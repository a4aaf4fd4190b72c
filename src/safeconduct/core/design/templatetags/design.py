"""`{% load design %}`: every component of the design system. Reference: docs/reference/components.md."""

from safeconduct.core.design.tags import forms, ledger, pictures, tables, text, thread
from safeconduct.core.design.tags.library import register

__all__ = ["forms", "ledger", "pictures", "register", "tables", "text", "thread"]
