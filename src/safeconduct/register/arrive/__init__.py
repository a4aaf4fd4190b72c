"""Arrive: a sheet is read and compared; somebody looks and accepts; what was faulty goes back with its mend.

The story knows no kind of sheet: each kind is declared by its room (`register.imports.kinds`).
"""

from safeconduct.register.arrive.reading import NothingImportable, Reading, read_sheet
from safeconduct.register.arrive.staging import (
    accept_batch,
    discard_batch,
    faults_of,
    remember_columns,
    stage,
)

__all__ = [
    "NothingImportable", "Reading", "accept_batch", "discard_batch", "faults_of", "read_sheet", "remember_columns", "stage",
]  # fmt: skip
