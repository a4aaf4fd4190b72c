"""The travelling copy as a folder: filled and sealed when it leaves, opened, proven and destroyed when it comes back."""

from safeconduct.flows.travelling.back import back, travel_of
from safeconduct.flows.travelling.leave import leave

__all__ = ["back", "leave", "travel_of"]
