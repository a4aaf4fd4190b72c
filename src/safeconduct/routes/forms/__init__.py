"""The forms of offers and choices, a file a subject."""
