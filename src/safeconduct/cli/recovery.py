"""The passphrase: changing it, and what three officers can do when it is lost."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeconduct.cli.opening import AsJson, KeyFd, KeyFile, Site, load, opened, stop
from safeconduct.core.languages.shell import gettext as _

if TYPE_CHECKING:
    from safeconduct.core.storage.api import SiteFolder

NewKeyFile = Annotated[Path | None, typer.Option("--new-key-file", help="A file that holds the new passphrase.")]


def app_recovery(app: typer.Typer) -> None:
    """Add the commands of this file."""
    lost = typer.Typer(help="A lost passphrase: three officers hold a share each, two of them open the site.", no_args_is_help=True)
    lost.command("split")(split)
    lost.command("drill")(drill)
    lost.command("open")(open_again)
    app.add_typer(lost, name="recovery")
    app.command("passphrase")(change)


def split(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """Make three shares of 33 words, one an officer; any two open the site. Older shares no longer do.

    They are shown once and kept nowhere.
    """
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.flows.keeping.recovery import split_recovery

        shares = split_recovery(by=here.operator("storage.split_recovery"), site=here.folder, at=clock.now())
    if as_json:
        typer.echo(json.dumps({"shares": shares}))
        return
    for number, share in enumerate(shares, 1):
        typer.echo(_("Share %(number)s of 3. Let one officer alone copy it onto paper:") % {"number": number})
        typer.echo(_in_lines(share))
        if sys.stdout.isatty() and sys.stdin.isatty():
            typer.prompt(_("Enter when it is written down"), default="", show_default=False, err=True)
            typer.clear()
    typer.echo(_("Now let two of them try: safeconduct recovery drill"))


def _in_lines(share: str) -> str:
    words = [f"{number:>2} {word:<9}" for number, word in enumerate(share.split(), 1)]
    return "\n".join("  " + "  ".join(words[start : start + 4]) for start in range(0, len(words), 4))


def drill(site: Site = None) -> None:
    """Prove that two officers' shares open the site, and change nothing. The shares are typed, or read line by line."""
    with _by_shares(site) as (_folder, held):
        from safeconduct.core import clock
        from safeconduct.flows.keeping.recovery import drilled

        drilled(held, at=clock.now())
    typer.echo(_("Shares %(one)s and %(two)s open this site. Nothing was changed.") % {"one": held[0], "two": held[1]})


def open_again(site: Site = None, new_key_file: NewKeyFile = None) -> None:
    """Open the site with two officers' shares and give it a new passphrase. All shares are void afterwards."""
    with _by_shares(site) as (folder, held):
        from safeconduct.core import clock
        from safeconduct.core.storage.api import StorageFault, obtain_new
        from safeconduct.flows.keeping.recovery import opened_by_shares

        try:
            passphrase = obtain_new(folder.path, site_name=folder.about.name, key_file=new_key_file)
            opened_by_shares(held, at=clock.now())
            folder.change_passphrase(passphrase, forget_shares=True)
        except StorageFault as fault:
            stop(str(fault))
    typer.echo(_("The site opens with the new passphrase. The shares are void; make new ones: safeconduct recovery split"))


def change(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, new_key_file: NewKeyFile = None) -> None:
    """Change the passphrase of the site. Backups made before still open with the old one; officers' shares stay as they are."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.storage.api import obtain_new
        from safeconduct.flows.keeping.recovery import change_passphrase

        by = here.operator("storage.split_recovery")
        passphrase = obtain_new(here.folder.path, site_name=here.folder.about.name, key_file=new_key_file)
        change_passphrase(by=by, site=here.folder, passphrase=passphrase, at=clock.now())
    typer.echo(_("The site opens with the new passphrase."))


def two_shares() -> list[str]:
    """Two officers' shares, typed at the terminal or read from standard input, a line each."""
    asked = [_("First officer's share, 33 words"), _("Second officer's share, 33 words")]
    if sys.stdin.isatty():
        return [str(typer.prompt(each, hide_input=True, err=True)) for each in asked]
    return [sys.stdin.readline().strip() for _each in asked]


@contextmanager
def _by_shares(site: Path | None) -> Iterator[tuple[SiteFolder, tuple[int, ...]]]:
    """The site, opened with two shares. What is refused ends the command with 2."""
    from safeconduct.core.storage.api import SiteFolder, StorageFault, recovery

    try:
        folder = SiteFolder.find(site)
        key, held = recovery.key_from(folder.about, two_shares())
        folder.unlock_with(key)
        load(folder)
    except StorageFault as fault:
        stop(str(fault))
    from django.db import connections

    from safeconduct.core.access import guard

    try:
        with guard.only_actions_write():
            yield folder, held
    finally:
        connections.close_all()
        folder.lock()
