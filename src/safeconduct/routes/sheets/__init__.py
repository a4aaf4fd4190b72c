"""Sheets of offers and choices against what is known: compared, taken in, written out."""
