"""Arrive: a sheet is read and compared; somebody looks and accepts; what was faulty goes back with its mend.

The story knows no kind of sheet: each kind is declared by its room (`register.imports.kinds`).
"""

from safeconduct.register.arrive.reading import ColumnsUnclear, NothingImportable, Reading, read_sheet
from safeconduct.register.arrive.staging import (
    accept_batch,
    discard_batch,
    faults_of,
    remember_columns,
    stage,
    stage_unmapped,
    take_out_faults,
)

__all__ = [
    "ColumnsUnclear", "NothingImportable", "Reading", "accept_batch", "discard_batch", "faults_of", "read_sheet",
    "remember_columns", "stage", "stage_unmapped", "take_out_faults",
]  # fmt: skip
