"""Tables of other people, read without trusting them, and tables of ours, written without harm. The face is `api`.

Nothing is imported here: the child process that parses untrusted files starts from this package and needs no Django.
"""
