"""The science: usable from a notebook without a database. No Django, no I/O, no clock; seeds are arguments."""
