"""The tags of the library `design`, a file a family of components. `templatetags/design.py` gathers them."""
