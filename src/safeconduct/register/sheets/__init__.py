"""Sheets of people and families against the register: what is known of a person as a row, and a row taken in."""
