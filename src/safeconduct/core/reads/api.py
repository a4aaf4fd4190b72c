"""The face of the log of reads for the other rooms."""

from safeconduct.core.reads.levels import IDENTITY, LEFT, OUTSIDE, level, levels
from safeconduct.core.reads.recording import recording
from safeconduct.core.reads.watching import only_computing, quietly, seen

__all__ = ["IDENTITY", "LEFT", "OUTSIDE", "level", "levels", "only_computing", "quietly", "recording", "seen"]
