"""Pictures drawn on the server: pure functions from values to SVG. Presentation attributes only, classes from the tokens."""
