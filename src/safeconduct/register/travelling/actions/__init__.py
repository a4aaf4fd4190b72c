"""Everything that a travelling copy changes in the register."""
