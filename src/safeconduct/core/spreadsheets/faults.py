"""What can be wrong with a file, a row or a cell, and the mend. Codes for machines, sentences for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safeconduct.core.dates import Calendar, DateFault
from safeconduct.core.dates.calendars import MonthName

_FAULTS: Final[dict[str, tuple[Any, Any]]] = {}


def declare(faults: Mapping[str, tuple[Any, Any]]) -> None:
    """Give codes their sentence and its mend (lazy, with %(x)s for numbers). A code is declared once."""
    for code, sentences in faults.items():
        if _FAULTS.setdefault(code, sentences) is not sentences:
            raise ValueError(f"the fault {code} is declared twice")


def is_declared(code: str) -> bool:
    """Whether a code has its sentence."""
    return code in _FAULTS


def sentences(code: str, numbers: Mapping[str, Any]) -> tuple[str, str]:
    """What a fault says and its mend, in the language that is active."""
    if code.startswith("dates."):
        fault = DateFault(code, **numbers)
        return fault.says, fault.mend
    says, mend = _FAULTS[code]
    return str(says) % numbers, str(mend) % numbers


class SheetFault(Exception):
    """A file that cannot be read as a table. Its text is the code: a cell may hold a name."""

    def __init__(self, code: str, *, file: str = "", sheet: str = "", row: int | None = None, **numbers: Any) -> None:
        super().__init__(code)
        self.code, self.file, self.sheet, self.row = code, file, sheet, row
        self.column = str(numbers.get("column", ""))
        self.value = numbers.pop("value", None)
        self.numbers = {**numbers, "file": file, "sheet": sheet, "row": row}

    @property
    def says(self) -> str:
        return sentences(self.code, self.numbers)[0]

    @property
    def mend(self) -> str:
        return sentences(self.code, self.numbers)[1]


@dataclass(frozen=True)
class RowFault:
    """One thing that is wrong in one row. `column` is ours, `header` theirs; `value` is what the cell holds."""

    row: int
    column: str
    value: Any
    code: str
    header: str = ""
    sheet: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[str, str] | None = None  # from a check of another room, which says it itself

    @property
    def says(self) -> str:
        return self.said[0] if self.said else sentences(self.code, self.numbers)[0]

    @property
    def mend(self) -> str:
        return self.said[1] if self.said else sentences(self.code, self.numbers)[1]

    def to_json(self) -> dict[str, Any]:
        """For a staged row; from_json() reads it back, and the sentence follows the reader's language."""
        numbers = {
            key: {"calendar": value.calendar.value, "month": value.month} if isinstance(value, MonthName) else value
            for key, value in self.numbers.items()
        }
        value = self.value if isinstance(self.value, str | int | float | bool | None) else str(self.value)
        return {
            **{"row": self.row, "column": self.column, "value": value, "code": self.code, "header": self.header},
            **{"sheet": self.sheet, "numbers": numbers, "said": list(self.said) if self.said else None},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> RowFault:
        numbers = {
            key: MonthName(Calendar(value["calendar"]), value["month"]) if isinstance(value, dict) else value
            for key, value in stored["numbers"].items()
        }
        said = tuple(stored["said"]) if stored.get("said") else None
        return cls(**{**stored, "numbers": numbers, "said": said})


declare(
    {
        "sheets.not_found": (_("There is no such file."), _("Check the name and the folder of the file.")),
        "sheets.not_a_file": (_("This is a folder or a device, not a file."), _("Name the spreadsheet itself.")),
        "sheets.unreadable": (
            _("The file cannot be opened for reading."),
            _("Check who may read it, or copy it to a folder of yours."),
        ),
        "sheets.empty": (_("The file is empty."), _("Save the spreadsheet again and send the new file.")),
        "sheets.too_large": (
            _("The file is larger than %(limit)s MB."),
            _("Remove pictures and other sheets, or split the table into several files."),
        ),
        "sheets.old_excel": (
            _("This is a workbook of an old kind (xls or xlsb)."),
            _("Open it and save it as xlsx."),
        ),
        "sheets.password": (
            _("The file is protected with a password."),
            _("Open it, remove the password, and save it again."),
        ),
        "sheets.not_a_spreadsheet": (
            _("This is no spreadsheet; its content is %(kind)s."),
            _("Save the table as xlsx, ods or csv, whatever the name of the file says."),
        ),
        "sheets.damaged": (
            _("The file is damaged or incomplete."),
            _("Open it in a spreadsheet program, save it under a new name, and take the new file."),
        ),
        "sheets.unpacks_too_large": (
            _("The file unpacks to far more than a table of people needs."),
            _("Copy the table alone into a new workbook. If you do not know the sender, do not open the file."),
        ),
        "sheets.entities": (
            _("The file declares entities, which no spreadsheet program does."),
            _("Copy the table into a new workbook. If you do not know the sender, do not open the file."),
        ),
        "sheets.too_many_rows": (
            _("The table has more than %(limit)s rows."),
            _("Split it into several files."),
        ),
        "sheets.too_many_columns": (
            _("Cell %(cell)s lies beyond column %(limit)s, the last that is read."),
            _("Delete what stands to the right of the table."),
        ),
        "sheets.merged": (
            _("The cells %(range)s are merged (%(count)s merged ranges in the table)."),
            _("Unmerge them and write the value into each row that it belongs to."),
        ),
        "sheets.no_such_sheet": (
            _("There is no sheet “%(sheet)s”. The file has: %(found)s."),
            _("Name one of these sheets."),
        ),
        "sheets.several": (
            _("Several sheets hold such a table: %(found)s."),
            _("Read them in one by one: name the sheet (--sheet in the shell), or send each in a file of its own."),
        ),
        "sheets.no_known_columns": (
            _("No sheet has at least two columns that are known here. The file has: %(found)s."),
            _("Name the sheet, or check that this is the right file."),
        ),
        "sheets.no_rows": (_("The sheet has no rows."), _("Check that this is the right file and the right sheet.")),
        "sheets.nul": (
            _("The file holds bytes that no table of text has."),
            _("Save the table again as xlsx, ods or csv (UTF-8)."),
        ),
        "sheets.quotes": (
            _("The quotation marks in row %(row)s or after it do not match."),
            _("Check the quotation marks there, or save the table as xlsx."),
        ),
        "sheets.stopped": (
            _("Reading the file was stopped: it broke the program that reads it."),
            _("Copy the table alone into a new workbook. If you do not know the sender, do not open the file."),
        ),
        "sheets.too_slow": (
            _("Reading the file took longer than is allowed."),
            _("Copy the table alone into a new workbook, or split it into several files."),
        ),
        "sheets.too_much_memory": (
            _("Reading the file needs more memory than is allowed."),
            _("Copy the table alone into a new workbook, or split it into several files."),
        ),
        "sheets.cell_too_long": (
            _("The cell holds more than %(limit)s characters."),
            _("Shorten it; a spreadsheet holds no more in a cell."),
        ),
        "sheets.formula": (
            _("The cell holds a formula that was never calculated."),
            _("Paste it as a value."),
        ),
        "sheets.formula_error": (
            _("The formula in the cell gives an error."),
            _("Mend the formula and paste its result as a value."),
        ),
        "rows.missing": (_("This cell is empty, and its value is needed."), _("Fill it in.")),
        "rows.beyond_headers": (
            _("The row has more cells than there are headers."),
            _("Put a text that holds the separator into quotation marks, or save the table as xlsx."),
        ),
        "rows.lost_letters": (
            _("A letter in this cell was lost before the sheet came here."),
            _("Write it again from the original."),
        ),
        "rows.too_long": (_("The text has more than %(limit)s characters."), _("Shorten it.")),
        "rows.unknown_word": (_("This word is not known here."), _("Write one of: %(known)s.")),
        "rows.not_a_number": (_("This is no whole number."), _("Write it in digits, or leave the cell empty.")),
        "rows.too_small": (_("The number is less than %(least)s."), _("Check the number, or leave the cell empty.")),
        "rows.too_large": (_("The number is more than %(most)s."), _("Check the number, or leave the cell empty.")),
        "rows.unknown_country": (
            _("The cell holds a country or nationality that is not known."),
            _("Write the code of three letters, such as IRN; XXA is stateless, XXX undetermined."),
        ),
        "rows.ambiguous_date": (
            _("Day and month, or the calendar, can be read in two ways. It was read with the day first."),
            _("Check this date. Year-month-day is always clear."),
        ),
        "rows.formula_used": (
            _("The column holds formulas. Their last results were taken."),
            _("Check that the sheet was calculated before it was saved."),
        ),
        "rows.twice": (
            _("Row %(other)s has the same id, and other values."),
            _("Keep one of the rows, or correct the id."),
        ),
        "rows.repeated": (_("The row stands twice; it was taken once."), _("Nothing needs to be done.")),
    }
)
