"""Making a site, signing in to it in the shell, and its accounts."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfoNotFoundError

import typer

from safeconduct.cli.opening import AsJson, KeyFd, KeyFile, Site, ask_account, ask_new_password, keep_token, load, opened, stop
from safeconduct.core.languages.shell import gettext as _
from safeconduct.core.languages.shell import listed

if TYPE_CHECKING:
    from safeconduct.core.access.api import Account
    from safeconduct.core.storage.api import SiteFolder


def app_sites(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init")(init)
    app.command("login")(login)
    app.command("logout")(logout)
    app.command("migrate")(migrate)
    account = typer.Typer(help="Accounts of the site.", no_args_is_help=True)
    account.command("open")(open_account)
    account.command("close")(close_account)
    account.command("list")(list_accounts)
    account.command("wake")(wake_account)
    app.add_typer(account, name="account")


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
    from safeconduct.core.storage.errors import FolderInUse

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(str(FolderInUse(folder=folder)))
    try:
        passphrase = obtain_new(folder, site_name=name, key_file=key_file, key_fd=key_fd)
        password = ask_new_password(_("Password of the administrator"))
        SiteFolder.create(
            folder,
            name=name,
            kind="real",
            created=datetime.now().astimezone(),
            passphrase=passphrase,
            zone=zone,
            service=postgresql,
            prepare=partial(_prepare, administrator=administrator, password=password),
        )
    except StorageFault as fault:
        stop(str(fault))
    except ZoneInfoNotFoundError:
        reason = _("No time zone found with key %(zone)s") % {"zone": zone}
        stop(_("The site can't be made: %(reason)s. Nothing was made.") % {"reason": reason})
    except (ValueError, KeyError) as fault:
        stop(_("The site can't be made: %(reason)s. Nothing was made.") % {"reason": _(str(fault.args[0]))})
    except OSError as fault:
        stop(_("The site can't be made: %(reason)s. Nothing was made.") % {"reason": fault.strerror or fault})
    says = _("The site %(name)s is ready in %(folder)s. Nobody can open it without the passphrase: keep it in two places.")
    typer.echo(says % {"name": name, "folder": folder})
    typer.echo(_("So that a lost passphrase does not lose the records, let three officers hold shares: safeconduct recovery split"))


def _prepare(site: SiteFolder, *, administrator: str, password: str) -> None:
    """Fill the folder while it has another name: a refused password leaves no half-made site behind."""
    load(site)
    from safeconduct.core.access.api import Refusal
    from safeconduct.flows.opening import open_first_account

    try:
        open_first_account(administrator, password)
    except Refusal as refusal:
        stop(_("%(refusal)s Nothing was made.") % {"refusal": refusal})


def login(
    username: Annotated[str, typer.Argument(help="The account name.")] = "",
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Sign in to the shell for 15 minutes: password, the code of a second factor, an own password in place of a first one."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.access import accounts

        account = ask_account(username=username or None)
        if account.password_is_first:
            own = ask_new_password(_("The first password was chosen by somebody else. Your own"))
            accounts.change_password(by=account.actor("shell"), account=account, password=own, at=clock.now())
        token = accounts.open_shell_session(by=account.actor("shell"), account=account, at=clock.now())
        keep_token(here.folder, token)
        typer.echo(_("Signed in for 15 minutes."))


def logout(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None) -> None:
    """End the shell session."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.access.accounts import end_shell_sessions

        actor = here.operator("access.sign_in")
        end_shell_sessions(by=actor, at=clock.now())
        keep_token(here.folder, None)
        typer.echo(_("Signed out."))


def migrate(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None) -> None:
    """Bring the database up to the software's version. Make a backup first."""
    with opened(site, key_file, key_fd, migrating=True) as here:
        from safeconduct.flows.opening import bring_up_to_date

        bring_up_to_date()
        here.end_what_a_lock_left()
        typer.echo(_("The database is up to date."))


def open_account(
    username: Annotated[str, typer.Argument(help="The account name.")],
    role: Annotated[list[str], typer.Option(help="A role of the account; may be said several times.")],
    display_name: Annotated[str, typer.Option("--name", help="The name shown to colleagues.")] = "",
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Open an account with its roles; its first password is asked for."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.access import accounts
        from safeconduct.core.access.api import Role

        by = here.operator("access.manage_accounts")
        unknown = [each for each in role if each not in Role.values]
        if unknown:
            told = _("There is no role called %(role)s. Roles: %(roles)s.")
            stop(told % {"role": unknown[0], "roles": listed(Role.values)})
        password = ask_new_password(_("First password of %(account)s") % {"account": username})
        accounts.open_account(
            by=by,
            username=username,
            password=password,
            roles=[Role(each) for each in role],
            at=clock.now(),
            display_name=display_name,
        )
        typer.echo(_("The account %(account)s is open.") % {"account": username})


def close_account(
    username: Annotated[str, typer.Argument(help="The account name.")],
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Close an account at once; what it did stays on record."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.access import accounts

        by = here.operator("access.manage_accounts")
        found = _account(username)
        accounts.close_account(by=by, account=found, at=clock.now())
        typer.echo(_("The account %(account)s is closed.") % {"account": found.username})


def _account(username: str) -> Account:
    from safeconduct.core.access.api import Account

    found = Account.objects.filter(username=username.strip().lower()).first()
    return found or stop(_("There is no account called %(account)s.") % {"account": username})


def wake_account(
    username: Annotated[str, typer.Argument(help="The account name.")],
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """End the rest of an account at once, where somebody else typed the wrong passwords."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.access.resting import end_rest

        by = here.operator("access.manage_accounts")
        found = _account(username)
        end_rest(by=by, account=found, at=clock.now())
        typer.echo(_("The account %(account)s can sign in again.") % {"account": found.username})


def list_accounts(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """List the accounts with their roles."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core.access.queries import accounts

        found = [
            {"account": each.username, "open": each.is_active, "roles": sorted(each.roles())}
            for each in accounts(seen_by=here.operator("access.manage_accounts"))
        ]
    if as_json:
        typer.echo(json.dumps(found))
    else:
        for each in found:
            told = "%(account)s: %(roles)s" if each["open"] else _("%(account)s: %(roles)s (closed)")
            typer.echo(told % {**each, "roles": listed(each["roles"]) or _("no role")})
