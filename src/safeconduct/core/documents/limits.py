"""What a file that somebody brings may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The child process enforces them on itself, the parent on the child."""

    file_bytes: int = 25_000_000
    pixels: int = 60_000_000  # of one picture, as its header tells; decoded it takes four bytes each
    pages: int = 60
    longest_side: int = 2400  # of a page as it is shown: print at 200 dots an inch stays legible
    text: int = 500_000  # characters
    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 120
    seconds: float = 180.0
