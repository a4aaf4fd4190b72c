"""The face of departures for the other rooms."""

from safeconduct.departures.actions import take_out_submissions

__all__ = ["take_out_submissions"]
