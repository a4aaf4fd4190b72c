"""The face of spreadsheets for the other rooms."""

from safeconduct.core.spreadsheets.cells import RowReader
from safeconduct.core.spreadsheets.columns import Column, Recognised, count_known, parse_map, recognise
from safeconduct.core.spreadsheets.faults import RowFault, SheetFault, declare
from safeconduct.core.spreadsheets.limits import Limits
from safeconduct.core.spreadsheets.read import read_table
from safeconduct.core.spreadsheets.report import write_report
from safeconduct.core.spreadsheets.rows import Cell, Parsed, Row, Table
from safeconduct.core.spreadsheets.words import Words
from safeconduct.core.spreadsheets.write import Receipt, Sheet, write_csv, write_xlsx
from safeconduct.core.spreadsheets.write_ods import write_ods

__all__ = [
    "Cell",
    "Column",
    "Limits",
    "Parsed",
    "Receipt",
    "Recognised",
    "Row",
    "RowFault",
    "RowReader",
    "Sheet",
    "SheetFault",
    "Table",
    "Words",
    "count_known",
    "declare",
    "parse_map",
    "read_table",
    "recognise",
    "write_csv",
    "write_ods",
    "write_report",
    "write_xlsx",
]
