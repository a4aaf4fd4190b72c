"""Reading sheets in and writing them out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeconduct.cli.files import SHEETS, free, refuse_unwritable
from safeconduct.cli.opening import REFUSED, AsJson, KeyFd, KeyFile, Site, opened, stop
from safeconduct.core.languages.shell import gettext as _
from safeconduct.core.languages.shell import listed, ngettext

if TYPE_CHECKING:
    from safeconduct.register.arrive import Reading

TAKEN, FAULTY = 0, 3
SHOWN_FAULTS, MOST_FAULTS = 20, 1000
Kind = Annotated[str, typer.Argument(help="people, families, offers or choices.")]


def app_sheets(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("import")(import_sheet)
    app.command("export")(export_sheet)


def import_sheet(
    kind: Kind,
    file: Annotated[Path, typer.Argument(help="xlsx, ods or csv.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and compare; take nothing in.")] = False,
    report: Annotated[Path | None, typer.Option(help="Where the faulty rows go back to (xlsx, ods or csv).")] = None,
    maps: Annotated[list[str] | None, typer.Option("--map", help="“Their header=our_column”; remembered.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet's name, where a workbook has several.")] = None,
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Read a sheet in. Exit status 0: all rows taken; 3: some rows faulty, the good ones kept; 2: nothing importable."""
    with opened(site, key_file, key_fd) as here:
        raise typer.Exit(_import(here, kind, file, dry_run, report, maps or [], sheet, as_json))


def _import(
    here: Any, name: str, file: Path, dry_run: bool, report: Path | None, maps: list[str], sheet: str | None, as_json: bool
) -> int:
    from safeconduct.core import clock
    from safeconduct.core.spreadsheets.api import SheetFault, parse_map
    from safeconduct.register.arrive import NothingImportable, read_sheet, remember_columns

    kind = _kind(name)
    actor = here.operator(kind.permission)
    if report is not None:
        refuse_unwritable(report, endings=SHEETS, other_than=file)
    try:
        told = dict(parse_map(each, kind.columns) for each in maps)
        with _bar(_("Reading %(file)s") % {"file": file.name}, as_json) as bar:
            reading = read_sheet(file, kind, by=actor, today=clock.today(), maps=told, sheet=sheet, progress=lambda n: bar(n, None))
    except SheetFault as fault:
        return _unusable(file, f"{fault.says} {fault.mend}", fault.code, as_json)
    except NothingImportable as refusal:
        return _unusable(file, str(refusal), refusal.code, as_json)
    place = _place(reading, file, dry_run, report)
    if not dry_run:
        if told:
            remember_columns(by=actor, kind=name, maps=told, at=clock.now())
        rows = reading.rows_to_take()
        if rows:
            title = ngettext("Taking in %(rows)s rows", "Taking in %(rows)s rows", len(rows)) % {"rows": len(rows)}
            with _bar(title, as_json) as bar:
                kind.take(by=actor, rows=rows, at=clock.now(), progress=bar)
    if place is not None:
        _write_report(place, reading)
    return _told(reading, file, dry_run, place, as_json)


def _kind(name: str) -> Any:
    from safeconduct.register.api import kinds

    told = _("There is no kind of sheet called %(name)s. Kinds: %(kinds)s.")
    return kinds().get(name) or stop(told % {"name": name, "kinds": listed(kinds())})


def _place(reading: Reading, file: Path, dry_run: bool, report: Path | None) -> Path | None:
    """Where the faulty rows go, seen to be writable before anything is taken in; None where there is nothing to write."""
    if not reading.parsed.faulty or (dry_run and report is None):
        return None
    place = report or free(file.with_name(f"{file.stem}-faulty.xlsx"))
    refuse_unwritable(place)
    return place


def _told(reading: Reading, file: Path, dry_run: bool, place: Path | None, as_json: bool) -> int:
    counts = _counts(reading, file, dry_run, place)
    if as_json:
        typer.echo(json.dumps(counts, ensure_ascii=False))
    nothing = reading.why_nothing() if not reading.compared else None
    if nothing is not None:
        if place is not None and not as_json:
            typer.echo(_where(place))
        stop(str(nothing))
    if not as_json:
        _say(reading, counts, place)
    return FAULTY if reading.parsed.faulty else TAKEN


def _counts(reading: Reading, file: Path, dry_run: bool, place: Path | None) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "kind": reading.kind.name,
        "file": file.name,
        "sheet": reading.sheet,
        "dry_run": dry_run,
        **reading.summary(),
    }
    counts["new"] += counts["possible_duplicates"]  # taken in as new all the same
    if place is not None:
        counts["report"] = str(place)
    not_read = [header for header in reading.recognised.unmapped if header]
    if not_read:
        counts["not_read"] = not_read
    if reading.other_sheets:
        counts["other_sheets"] = list(reading.other_sheets)
    # Without what the cells hold: that stands in the report, and this may end in a log.
    counts["faults"] = [
        {"row": f.row, "sheet": f.sheet, "column": f.header or f.column, "code": f.code, "says": f.says, "mend": f.mend}
        for f in reading.parsed.faults[:MOST_FAULTS]
    ]  # fmt: skip
    return counts


def _say(reading: Reading, counts: dict[str, Any], place: Path | None) -> None:
    if counts["dry_run"]:
        told = _(
            "%(file)s: %(rows)s rows read; %(new)s new (%(possible_duplicates)s perhaps here already) and %(changed)s changed "
            "would be taken in, %(unchanged)s say nothing new, %(faulty)s are faulty."
        )
    else:
        told = _(
            "%(file)s: %(rows)s rows read; %(new)s new (%(possible_duplicates)s perhaps here already) and %(changed)s changed "
            "were taken in, %(unchanged)s say nothing new, %(faulty)s are faulty."
        )
    typer.echo(told % counts)
    for fault in reading.parsed.faults[:SHOWN_FAULTS]:
        where = _("row %(row)s, %(column)s") % {"row": fault.row, "column": fault.header or fault.column}
        typer.echo(f"  {where}: {fault.says} {fault.mend}")
    more = len(reading.parsed.faults) - SHOWN_FAULTS
    if more > 0:
        typer.echo("  " + ngettext("… and %(n)s more faults.", "… and %(n)s more faults.", more) % {"n": more})
    if "not_read" in counts:
        typer.echo("  " + _("Columns that were not read: %(columns)s.") % {"columns": listed(counts["not_read"])})
    if "other_sheets" in counts:
        typer.echo("  " + _("Sheets that were not read: %(sheets)s.") % {"sheets": listed(counts["other_sheets"])})
    if place is not None:
        typer.echo(_where(place))


def _where(place: Path) -> str:
    return "  " + _("The faulty rows, each with its mend, are in %(file)s.") % {"file": place}


def _write_report(path: Path, reading: Reading) -> None:
    from safeconduct.core.spreadsheets.api import write_report

    try:
        write_report(path, reading.headers, reading.parsed.faulty, reading.parsed.faults)
    except OSError as error:
        told = _(
            "%(file)s: the faulty rows can't be written: %(reason)s. "
            "The good rows were kept; read the sheet in again with another --report."
        )
        stop(told % {"file": path, "reason": error.strerror})


def _unusable(file: Path, says: str, code: str, as_json: bool) -> int:
    message = says if file.name in says else f"{file.name}: {says}"
    if as_json:
        typer.echo(
            json.dumps({"file": file.name, "code": code, "says": message, "new": 0, "changed": 0, "faulty": 0}, ensure_ascii=False)
        )
    stop(message)
    return REFUSED


def export_sheet(
    kind: Kind,
    file: Annotated[Path, typer.Argument(help="Where it is written: .xlsx, .ods or .csv.")],
    purpose: Annotated[str, typer.Option("--for", help="For what people agreed: work_copy or departure.")] = "work_copy",
    recipient: Annotated[str, typer.Option("--to", help="To whom: OWN, this organisation; an agency; a state's code.")] = "OWN",
    reason: Annotated[str, typer.Option("--why", help="correction, referral, departure, request or handover.")] = "correction",
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Write people, families, offers or choices as a sheet of the same shape that is read in; never cut.

    A sheet about people needs a second person, who gives a name and password of their own, and tells only of the people of
    one's own cases who agreed, of each what was agreed to.
    """
    with opened(site, key_file, key_fd) as here:
        found = _kind(kind)
        refuse_unwritable(file, endings=SHEETS)
        try:
            told = _taken_out(here, kind, file, purpose, recipient, reason) if found.groups else _written(here, kind, file)
        except OSError as error:
            stop(_("%(file)s can't be written: %(reason)s. Nothing was written.") % {"file": file, "reason": error.strerror})
    says = ngettext("%(file)s: %(rows)s rows, SHA-256 %(sha256)s", "%(file)s: %(rows)s rows, SHA-256 %(sha256)s", told["rows"])
    typer.echo(json.dumps(told) if as_json else says % told)
    if told.get("held_back") and not as_json:
        n = told["held_back"]
        says = ngettext(
            "Of %(n)s person nothing may leave; the rows were left out.",
            "Of %(n)s people nothing may leave; the rows were left out.",
            n,
        )
        typer.echo(says % {"n": n})


def _written(here: Any, kind: str, file: Path) -> dict[str, Any]:
    from safeconduct.core import clock
    from safeconduct.register.arrive.writing import write_sheet

    receipt = write_sheet(by=here.operator(_kind(kind).export_permission), kind=kind, target=file, at=clock.now())
    return {"file": str(file), "rows": receipt.rows, "sha256": receipt.sha256}


def _taken_out(here: Any, kind: str, file: Path, purpose: str, recipient: str, reason: str) -> dict[str, Any]:
    """Asked for by one person, decided by another, taken out by the first: in the ledger before a byte is written."""
    from safeconduct.core import clock
    from safeconduct.core.reads.api import recording
    from safeconduct.register.api import EXPORT_PURPOSES, ExportReason, ask_for_export, decide_export, take_out_export

    for given, known in ((purpose, [each.value for each in EXPORT_PURPOSES]), (reason, ExportReason.values)):
        if given not in known:
            stop(_("“%(given)s” is not known here. Known: %(known)s.") % {"given": given, "known": listed(known)})
    first = here.account(_kind(kind).export_permission)
    actor = first.actor("shell")
    asked = ask_for_export(by=actor, kind=kind, purpose=purpose, recipient=recipient.upper(), reason=reason, at=clock.now())
    second = here.account("register.decide_exports", other_than=first)
    decide_export(by=second.actor("shell"), export=asked, allowed=True, at=clock.now())
    with recording(actor, "export"):
        taken, data = take_out_export(by=actor, export=asked, ending=file.suffix.lower(), at=clock.now())
    file.write_bytes(data)
    return {
        "file": str(file), "rows": taken.rows, "sha256": taken.digest, "people": taken.people, "held_back": taken.held_back,
        "for": taken.purpose, "to": taken.recipient,
    }  # fmt: skip


class _bar:
    """A progress bar on the error stream; silent where nobody looks."""

    def __init__(self, title: str, silent: bool) -> None:
        self.title, self.silent = title, silent

    def __enter__(self) -> Any:
        from rich.console import Console
        from rich.progress import Progress

        self.progress = Progress(console=Console(stderr=True), transient=True, disable=self.silent)
        self.progress.start()
        self.task = self.progress.add_task(self.title, total=None)
        return self._advance

    def _advance(self, done: int, of: int | None) -> None:
        self.progress.update(self.task, completed=done, total=of)

    def __exit__(self, *_: object) -> None:
        self.progress.stop()
