"""How much a file from outside may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

CELL = 32_767  # characters in a cell of xlsx; ECMA-376 leaves it open, Excel's specification sets it
SHEET_ROWS = 1_048_576  # rows in a sheet of xlsx, with the header


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, seconds and numbers that a file may use. The child process enforces them on itself, the parent on it."""

    rows: int = 1_000_000
    columns: int = 300
    cell: int = CELL
    file_bytes: int = 300_000_000
    unpacked_bytes: int = 2_000_000_000
    part_bytes: int = 50_000_000  # a part that is read whole: names of sheets, styles
    zip_entries: int = 2_000
    zip_ratio: int = 250  # of a part larger than 20 MB; repetitive sheets stay below 100
    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 600
    silent_seconds: float = 60.0
