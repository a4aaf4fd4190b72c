"""What other rooms use of documents."""

from .drawing import Drawn, Page, draw
from .faults import CannotBeKept
from .sealing import fresh_key
from .store import Kept, check, keep, read, shred, sweep

__all__ = ["CannotBeKept", "Drawn", "Kept", "Page", "check", "draw", "fresh_key", "keep", "read", "shred", "sweep"]
