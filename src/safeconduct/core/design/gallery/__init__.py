"""Static pages that show every component in three languages and in its states."""

from safeconduct.core.design.gallery.pages import PAGES, write

__all__ = ["PAGES", "write"]
