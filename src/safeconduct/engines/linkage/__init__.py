"""Linkage: from names to the people they may mean. Arrays and plain values in, plain values out."""
