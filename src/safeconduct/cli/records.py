"""The audit chain, backups, and serving."""

from __future__ import annotations

import json

import typer

from safeconduct.cli.opening import AsJson, KeyFd, KeyFile, Site, opened

BROKEN = 1


def app_records(app: typer.Typer) -> None:
    """Add the commands of this file."""
    audit = typer.Typer(help="The audit chain.", no_args_is_help=True)
    audit.command("verify")(verify)
    app.add_typer(audit, name="audit")


def verify(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """Prove that no entry of the audit chain was changed, taken away, moved or cut off. Exit status 1 where one was."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core.audit.api import verify as verify_chain

        here.operator("audit.see")
        count, breaks = verify_chain()
    if as_json:
        typer.echo(json.dumps({"entries": count, "breaks": [{"number": b.number, "code": b.code} for b in breaks]}))
    else:
        typer.echo(f"{count} entries read, {len(breaks)} breaks.")
        for found in breaks:
            typer.echo(f"  entry {found.number}: {found.code}")
    raise typer.Exit(BROKEN if breaks else 0)
