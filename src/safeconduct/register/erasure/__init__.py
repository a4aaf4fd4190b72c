"""Erasing a person's record: asked for by one, decided by another, done at once, with what the law says must stay."""
