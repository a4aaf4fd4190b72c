"""A demonstration site: one account a role, the bundled case, consents, and a plan."""

from safeconduct.flows.demonstration.accounts import PASSWORD, open_demonstration_accounts
from safeconduct.flows.demonstration.case import load_case

__all__ = ["PASSWORD", "load_case", "open_demonstration_accounts"]
