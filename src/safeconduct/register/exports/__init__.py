"""Sheets about people leave with two people's hands and each person's consent: asked for, decided by a second, taken out once."""
