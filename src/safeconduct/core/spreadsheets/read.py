"""Read a table out of a file that somebody sent: the sheet, its header row, and the rows as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from safeconduct.core.spreadsheets.cells import clean_text
from safeconduct.core.spreadsheets.channel import Channel
from safeconduct.core.spreadsheets.faults import SheetFault
from safeconduct.core.spreadsheets.limits import Limits
from safeconduct.core.spreadsheets.rows import Cell, Row, Table

Recognised = Callable[[list[str]], int]
ENOUGH = 2


@dataclass
class _Sheet:
    """A sheet of which the first rows are known."""

    index: int
    title: str
    header_row: int
    header: list[Any]
    known: int
    merges: list[str]


def read_table(path: Path, *, recognised: Recognised, sheet: str | None = None, limits: Limits | None = None) -> Table:
    """The table in an xlsx, ods, csv or tsv file, whatever its name ends with.

    `recognised` counts the headers that it knows. The header row is the first of the first 20 rows that are not empty
    with at least two of them, else the first such row. Without `sheet` the sheet that knows most headers is taken,
    and none where another knows more than half as many: it may hold people too. Sheets that continue a long table
    ("People", "People 2", the same headers) are read as one. The file is parsed in a process of its own with limits;
    rows come one at a time and can be read once.

    Raises SheetFault, from here or while the rows are read, with code, file, sheet, row, says and mend.
    """
    channel = Channel(Path(path), limits or Limits())
    try:
        return _open(channel, recognised, sheet)
    except BaseException:
        channel.close()
        raise


def _open(channel: Channel, recognised: Recognised, wanted: str | None) -> Table:
    about = channel.hear()
    titles: list[str] = about["titles"]
    seen = _look_at(channel, titles, recognised, wanted)
    chosen = _choose(channel, titles, seen, wanted)
    parts = [chosen, *_continued(channel, titles, chosen, recognised)]
    if wanted is None:
        _refuse_rivals(channel, seen, chosen, parts)
    for part in parts:
        _refuse_merged(channel, part)
    headers = _headers(chosen.header)
    used = tuple(part.title for part in parts)
    return Table(
        headers=headers,
        rows=_rows(channel, parts, headers),
        sheet=chosen.title,
        encoding=about.get("encoding", ""),
        separator=about.get("separator", ""),
        file=channel.file,
        header_row=chosen.header_row,
        sheets=used,
        other_sheets=tuple(title for title in titles if title not in used),
    )


def _look_at(channel: Channel, titles: list[str], recognised: Recognised, wanted: str | None) -> list[_Sheet]:
    """The sheets that hold anything; only the wanted one where one is wanted."""
    indices: Iterable[int] = range(len(titles))
    if wanted is not None and titles != [""]:
        index = next((place for place, title in enumerate(titles) if title.strip() == wanted.strip()), None)
        if index is None:
            raise SheetFault("sheets.no_such_sheet", file=channel.file, sheet=wanted, found="; ".join(titles))
        indices = [index]
    return [sheet for index in indices if (sheet := _look(channel, index, titles[index], recognised))]


def _choose(channel: Channel, titles: list[str], seen: list[_Sheet], wanted: str | None) -> _Sheet:
    if not seen:
        raise SheetFault("sheets.no_rows", file=channel.file, sheet=wanted or "")
    best = max(seen, key=lambda sheet: sheet.known)
    if best.known < ENOUGH and len(seen) > 1:
        raise SheetFault("sheets.no_known_columns", file=channel.file, found="; ".join(titles))
    return best


def _refuse_rivals(channel: Channel, seen: list[_Sheet], chosen: _Sheet, parts: list[_Sheet]) -> None:
    """Rows in a sheet that nobody read would be people who are missing without a word."""
    read = {part.index for part in parts}
    rivals = [sheet.title for sheet in seen if sheet.index not in read and sheet.known >= ENOUGH and sheet.known * 2 > chosen.known]
    if rivals:
        raise SheetFault("sheets.several", file=channel.file, sheet=chosen.title, found="; ".join([chosen.title, *rivals]))


def _look(channel: Channel, index: int, title: str, recognised: Recognised) -> _Sheet | None:
    channel.sheet = title
    channel.ask({"head": index})
    answer = channel.hear()
    head = answer["head"]
    if not head:
        return None
    for number, cells, *_ in head:
        known = recognised([_as_header(cell) for cell in cells if cell is not None])
        if known >= ENOUGH:
            return _Sheet(index, title, number, cells, known, answer["merges"])
    return _Sheet(index, title, head[0][0], head[0][1], 0, answer["merges"])


def _continued(channel: Channel, titles: list[str], chosen: _Sheet, recognised: Recognised) -> Iterator[_Sheet]:
    """Sheets that our own writer made when the rows were too many for one."""
    for step, title in enumerate(titles[chosen.index + 1 :], 2):
        if title != continued_title(chosen.title, step):
            return
        sheet = _look(channel, chosen.index + step - 1, title, recognised)
        if sheet is None or sheet.header != chosen.header:
            return
        yield sheet


def continued_title(title: str, part: int) -> str:
    """The title of the second, third … sheet of one table; titles have at most 31 characters."""
    ending = f" {part}"
    return title[: 31 - len(ending)] + ending


def _refuse_merged(channel: Channel, sheet: _Sheet) -> None:
    """A merged title above the header does no harm; below it nobody knows to which row a value belongs."""
    bad = [ref for ref in sheet.merges if _last_row(ref) >= sheet.header_row]
    if bad:
        raise SheetFault("sheets.merged", file=channel.file, sheet=sheet.title, range=bad[0], count=len(bad))


def _last_row(ref: str) -> int:
    digits = "".join(sign for sign in ref.split(":")[-1] if sign.isdecimal())
    return int(digits or 0)


def _as_header(cell: Any) -> str:
    return str(cell["d"]) if isinstance(cell, dict) else clean_text(str(cell))


def _headers(cells: list[Any]) -> list[str]:
    """One name a column; an empty header is named by its place, a second of the same name by its count."""
    headers: list[str] = []
    seen: set[str] = set()
    for place, cell in enumerate(cells):
        base = _as_header(cell) if cell is not None else f"({_letters(place)})"
        name, count = base, 1
        while name in seen:
            count += 1
            name = f"{base} ({count})"
        seen.add(name)
        headers.append(name)
    return headers


def _letters(place: int) -> str:
    from safeconduct.core.spreadsheets.child.wire import column_letters

    return column_letters(place)


def _rows(channel: Channel, parts: list[_Sheet], headers: list[str]) -> Iterator[Row]:
    titles, same = {part.index: part.title for part in parts}, dict[str, str]()
    channel.ask({"rows": [[part.index, part.header_row] for part in parts]})
    try:
        while True:
            answer = channel.hear()
            if isinstance(answer, list):
                yield _row(answer, headers, channel.sheet, same)
            elif "end" in answer:
                return
            else:
                channel.sheet = titles[answer["sheet"]]
    finally:
        channel.close()


def _row(answer: list[Any], headers: list[str], sheet: str, same: dict[str, str]) -> Row:
    """`same`: each text once, for sheets say the same words over and over, and their rows are kept."""
    number, cells, *more = answer
    named: dict[str, Cell] = {}
    while len(headers) < len(cells):  # a value to the right of the headers; the table shows its column too
        headers.append(f"({_letters(len(headers))})")
    for header, cell in zip(headers, cells, strict=False):
        if type(cell) is str:
            named[header] = same.setdefault(cell, cell)
        elif cell is not None:
            named[header] = _day(cell["d"]) if type(cell) is dict else cell
    marks = {headers[int(place)]: mark for place, mark in more[0].items()} if more else {}
    return Row(number, named, marks, sheet)


def _day(written: str) -> date | str:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written
