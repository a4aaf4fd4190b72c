"""The template library, a file a kind of component."""

from safeconduct.core.design.tags.library import register  # isort: skip
from safeconduct.core.design.tags import figures, filters, forms, layout, lists, tables, thread, words

__all__ = ["figures", "filters", "forms", "layout", "lists", "register", "tables", "thread", "words"]
