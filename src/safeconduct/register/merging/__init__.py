"""Merging two records of one person or family, splitting one that holds two, and undoing either without loss."""
