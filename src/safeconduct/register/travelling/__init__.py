"""The travelling copy: some cases taken along on another machine, worked on without a network, and brought back.

`merge` is the rule, as a pure function; `parts` says which tables travel, each room declares its own; `leaving` and `coming` are
the two acts, `deciding` what follows where both sides changed one thing.
"""
