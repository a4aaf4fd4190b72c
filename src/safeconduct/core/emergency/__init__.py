"""The emergency lock on the pages: one button, one confirmation, and what the site writes before it closes."""
