"""Safeconduct: getting people out, one at a time and by their own choice."""
