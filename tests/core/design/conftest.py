from tests.browser import axe_violations, browser

__all__ = ["axe_violations", "browser"]
