"""A person's documents: brought, looked at page by page, taken out with consent, removed for good."""
