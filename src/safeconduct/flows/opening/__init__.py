"""Opening a site: its tables, its first account, or a demonstration with everything."""

from safeconduct.flows.opening.site import bring_up_to_date, open_first_account

__all__ = ["bring_up_to_date", "open_first_account"]
