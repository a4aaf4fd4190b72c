"""Serving a team on its own network: the site's certificate authority, the name it vouches for, and how to trust it."""
