"""Tables as rows in memory, for the readers of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from safeconduct.core.spreadsheets.api import Row, Table


def table(headers: Sequence[str], *rows: Sequence[Any], marks: dict[int, dict[str, str]] | None = None) -> Table:
    """Rows are numbered from 2, as below a header."""
    made = (
        Row(
            number,
            {header: cell for header, cell in zip(headers, cells, strict=False) if cell is not None},
            (marks or {}).get(number, {}),
            "Sheet1",
        )
        for number, cells in enumerate(rows, 2)
    )
    return Table(list(headers), made, "Sheet1")
