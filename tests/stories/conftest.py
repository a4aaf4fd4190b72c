from tests.browser import axe_violations, browser
from tests.sites import demonstration, site

__all__ = ["axe_violations", "browser", "demonstration", "site"]
