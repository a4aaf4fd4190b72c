"""A demonstration site: one account a role, the bundled case, consents, and a plan."""

from safeconduct.flows.demonstration.accounts import PASSWORD, open_demonstration_accounts
from safeconduct.flows.demonstration.case import load_case
from safeconduct.flows.demonstration.teams import give_a_block_to_the_second_team, open_demonstration_teams

__all__ = [
    "PASSWORD", "give_a_block_to_the_second_team", "load_case", "open_demonstration_accounts", "open_demonstration_teams",
]  # fmt: skip
