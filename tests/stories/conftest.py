from tests.sites import demonstration, site

__all__ = ["demonstration", "site"]
