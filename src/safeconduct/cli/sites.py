"""Making a site, signing in to it in the shell, and giving roles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from safeconduct.cli.opening import KeyFd, KeyFile, Site, ask_account, ask_new_password, keep_token, load, opened, stop


def app_sites(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("login")(login)
    app.command("logout")(logout)
    app.command("migrate")(migrate)


def init(
    folder: Annotated[Path, typer.Argument(help="The folder that will hold the site; it must not exist yet.")],
    name: Annotated[str, typer.Option(help="What the site is called, as every page shows it.")],
    administrator: Annotated[str, typer.Option(help="The account name of the first administrator.")],
    zone: Annotated[str, typer.Option(help="The site's time zone.")] = "Asia/Baghdad",
    postgresql: Annotated[str, typer.Option(help="A PostgreSQL service name, in place of the sealed file.")] = "",
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Make a real site: a sealed database, the passphrase asked twice, and its first administrator."""
    from safeconduct.core.storage.api import SiteFolder, StorageFault, obtain_new

    try:
        passphrase = obtain_new(folder, site_name=name, key_file=key_file, key_fd=key_fd)
        site = SiteFolder.create(
            folder, name=name, kind="real", created=datetime.now().astimezone(), passphrase=passphrase, zone=zone, service=postgresql
        )
        site.unlock(passphrase)
    except (StorageFault, ValueError) as fault:
        stop(str(fault))
    load(site)
    from safeconduct.core.access.api import Refusal
    from safeconduct.flows.opening import open_first_account

    password = ask_new_password()
    try:
        open_first_account(administrator, password)
    except Refusal as refusal:
        stop(str(refusal))
    typer.echo(f"The site {name} is ready in {folder}. Nobody can open it without the passphrase: keep it in two places.")


def login(
    username: Annotated[str, typer.Argument(help="The account name.")] = "",
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Sign in to the shell for 15 minutes."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.access.accounts import open_shell_session

        account = ask_account(username=username or None)
        token = open_shell_session(by=account.actor("shell"), account=account, at=clock.now())
        keep_token(here.folder, token)
        typer.echo("Signed in for 15 minutes.")


def logout(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None) -> None:
    """End the shell session."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.access.accounts import end_shell_sessions

        actor = here.operator("access.sign_in")
        end_shell_sessions(by=actor, at=clock.now())
        keep_token(here.folder, None)
        typer.echo("Signed out.")


def migrate(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None) -> None:
    """Bring the database up to the software's version. Make a backup first."""
    with opened(site, key_file, key_fd):
        from safeconduct.flows.opening import bring_up_to_date

        bring_up_to_date()
        typer.echo("The database is up to date.")
