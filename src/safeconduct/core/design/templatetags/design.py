"""`{% load design %}`: every component and filter of the site. docs/reference/components.md shows each."""

from safeconduct.core.design.tags import register

__all__ = ["register"]
