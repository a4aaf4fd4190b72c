"""What a backup or a restore hands over when it is done."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Receipt:
    """Every check named here has been made and has passed.

    `path`: the archive, or the restored folder. `made`: when the snapshot was taken. `sha256`: of the archive, hex.
    `bytes`: its length. `tables`: rows by table. `files`: how many beside the database.
    """

    path: Path
    made: datetime
    sha256: str
    bytes: int
    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0

    @property
    def rows(self) -> int:
        return sum(self.tables.values())
