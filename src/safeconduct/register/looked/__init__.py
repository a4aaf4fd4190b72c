"""Who looked at a person's record: the time line by day and role, and what a protection officer decides about it."""
