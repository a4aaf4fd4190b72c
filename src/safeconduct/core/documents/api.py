"""What other rooms use of documents."""

from .drawing import Drawn, Page, draw
from .faults import CannotBeKept
from .store import Kept, check, keep, read, shred, sweep

__all__ = ["CannotBeKept", "Drawn", "Kept", "Page", "check", "draw", "keep", "read", "shred", "sweep"]
