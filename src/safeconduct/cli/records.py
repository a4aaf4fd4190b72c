"""The audit chain, and backups."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from safeconduct.cli.opening import AsJson, KeyFd, KeyFile, Site, load_rooms, opened, passphrase_for, stop
from safeconduct.core.languages.shell import gettext as _

BROKEN = 1


def app_records(app: typer.Typer) -> None:
    """Add the commands of this file."""
    audit = typer.Typer(help="The audit chain.", no_args_is_help=True)
    audit.command("verify")(verify)
    audit.command("new-reads-log")(new_reads_log)
    audit.command("cut-reads")(cut_reads)
    app.add_typer(audit, name="audit")
    app.command("tidy")(tidy)
    app.command("backup")(make_backup)
    app.command("restore")(restore_backup)


def verify(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """Prove that no entry of the audit chain or of the log of reads was changed, taken away, moved or cut off; else exit 1.

    A document whose file is missing counts too.
    """
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core.audit.api import verify as verify_chain

        here.operator("audit.see")
        from safeconduct.register.api import missing_documents

        count, breaks = verify_chain()
        reads, broken, lost = _verified_reads()
        missing = missing_documents()
    if as_json:
        told = {"entries": count, "breaks": [asdict(each) for each in breaks]}
        beside = {"entries": reads, "breaks": [asdict(each) for each in broken]}
        typer.echo(json.dumps({**told, "reads": {"lost": lost} if lost else beside, "documents_missing": missing}))
    else:
        typer.echo(_("%(entries)s entries read, %(breaks)s breaks.") % {"entries": count, "breaks": len(breaks)})
        for found in breaks:
            typer.echo("  " + _("entry %(number)s: %(code)s") % {"number": found.number, "code": found.code})
        for name in missing:
            typer.echo("  " + _("document %(name)s: the file is missing") % {"name": name})
        if lost:
            stop(lost, BROKEN)
        typer.echo(_("Log of reads: %(entries)s entries read, %(breaks)s breaks.") % {"entries": reads, "breaks": len(broken)})
        for found in broken:
            typer.echo("  " + _("entry %(number)s: %(code)s") % {"number": found.number, "code": found.code})
    raise typer.Exit(BROKEN if breaks or broken or lost or missing else 0)


def _verified_reads() -> tuple[int, list[Any], str]:
    """Entries and breaks of the log of reads; or why it can't be read."""
    from safeconduct.core.reads.verification import verify as verify_reads
    from safeconduct.core.storage.api import StorageFault

    try:
        return (*verify_reads(), "")
    except StorageFault as fault:
        return 0, [], str(fault)


def cut_reads(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None) -> None:
    """Cut reads off that are older than they are kept (READS_KEPT_DAYS, five years); the audit chain keeps where the log begins."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.reads.keeping import cut_old

        first = cut_old(by=here.operator("reads.cut"), at=clock.now())
    typer.echo(_("The log of reads begins with entry %(number)s now.") % {"number": first})


def new_reads_log(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None) -> None:
    """Begin a new log of reads where the old one is lost; the audit chain keeps that it was. Look for the old one first."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.reads.keeping import begin_anew

        first = begin_anew(by=here.operator("reads.begin_anew"), at=clock.now())
    typer.echo(_("A new log of reads begins with entry %(number)s.") % {"number": first})


def tidy(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """Run the rules of retention now: what is kept no longer than it is needed goes. A served site does it by itself every day."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.flows.keeping.tidying import tidy as run

        here.operator("storage.tidy")
        took = run(at=clock.now(), real=clock.real())
    says = _(
        "Sheets discarded: %(sheets)s. Erasures asked for: %(people)s. Files taken away: %(files)s. Log of reads cut: %(reads)s."
    )
    typer.echo(json.dumps(took) if as_json else says % took)


def make_backup(
    target: Annotated[Path, typer.Argument(help="The file that is written; it must not exist yet.")],
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Make a sealed copy of the whole site while people work, and prove it by opening it again."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.flows.keeping import back_up

        receipt = back_up(here.folder, target, by=here.operator("storage.back_up"))
    told = {**asdict(receipt), "rows": receipt.rows}
    says = _("%(path)s: %(rows)s rows in %(tables)s tables, %(bytes)s bytes, SHA-256 %(sha256)s. Opened again and proven.")
    typer.echo(json.dumps(told, default=str) if as_json else says % {**told, "tables": len(receipt.tables)})


def restore_backup(
    archive: Annotated[Path, typer.Argument(help="A backup.")],
    folder: Annotated[Path, typer.Argument(help="The new folder of the site; it must not exist yet.")],
    postgresql: Annotated[str, typer.Option(help="For a site on PostgreSQL: the service of an empty database.")] = "",
    with_shares: Annotated[
        bool, typer.Option("--with-shares", help="Open the backup with two officers' shares; the passphrase given is the new one.")
    ] = False,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Make a site's folder from a backup, after every check has passed. Opens with the passphrase of the backup."""
    from safeconduct.core.storage.api import StorageFault

    try:
        key_for = _by_shares() if with_shares else None
        passphrase = passphrase_for(key_file, key_fd)
        load_rooms(os.environ.get("DJANGO_SETTINGS_MODULE", "safeconduct.site.settings.restoring"))
        from safeconduct.core.storage.api import restore
        from safeconduct.flows.keeping import faults_of_copy

        receipt = restore(archive, folder, passphrase, service=postgresql, verify=faults_of_copy, key_for=key_for)
    except StorageFault as fault:
        stop(str(fault))
    told = {**asdict(receipt), "rows": receipt.rows}
    typer.echo(json.dumps(told, default=str) if as_json else _("%(path)s: %(rows)s rows restored and proven.") % told)


def _by_shares() -> Any:
    """How the key of a backup is found with two officers' shares."""
    from safeconduct.cli.recovery import two_shares
    from safeconduct.core.storage.api import recovery

    shares = two_shares()
    return lambda about: recovery.key_from(about, shares)[0]


def anchor_reads() -> None:
    """Write the head of the log of reads into the audit chain, at the beginning and at the end of serving."""
    from django.db import connections

    from safeconduct.core import clock
    from safeconduct.core.reads import anchoring, book
    from safeconduct.core.storage.api import StorageFault

    try:
        anchoring.anchor(clock.now())
    except StorageFault as fault:  # pages of people say so too; everything else is served
        typer.echo(str(fault), err=True)
    finally:  # whoever answers opens connections of its own
        connections.close_all()
        book.close_all()
