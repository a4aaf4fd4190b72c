"""What every command that works on a site does first: find it, unlock it, load the rooms, and know who acts."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeconduct.core.languages.shell import gettext as _
from safeconduct.core.languages.shell import language

if TYPE_CHECKING:
    from safeconduct.core.access.api import Account, Actor
    from safeconduct.core.storage.api import SiteFolder

REFUSED = 2
Site = Annotated[Path | None, typer.Option("--site", help="The site's folder; else SAFECONDUCT_SITE, else ./demo-site.")]
KeyFile = Annotated[Path | None, typer.Option("--key-file", help="A file with the passphrase, mode 600, outside the site.")]
KeyFd = Annotated[int | None, typer.Option("--key-fd", help="The number of an inherited descriptor that gives the passphrase.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_TOKEN = "shell-session"


@dataclass
class Opened:
    """An unlocked site whose rooms are loaded."""

    folder: SiteFolder

    def operator(self, permission: str, *, other_than: Account | None = None) -> Actor:
        """Who acts: the account that signed in, or on a demonstration site the one whose role the command needs."""
        from safeconduct.core.access.api import NotPermitted
        from safeconduct.core.signin.refusals import FirstPassword

        account = self.account(permission, other_than=other_than)
        actor = account.actor("shell")
        if not actor.may(permission):
            raise NotPermitted()
        if account.password_is_first:
            raise FirstPassword()
        return actor

    def end_what_a_lock_left(self) -> None:
        """After an emergency lock: whoever opens the site first ends the sessions that nobody could end without the key."""
        from safeconduct.core import clock
        from safeconduct.core.emergency.ending import end_what_a_lock_left

        if end_what_a_lock_left(self.folder.path, at=clock.now()):
            sys.stderr.write(_("This site was locked in an emergency. All its sessions are ended now.") + "\n")

    def account(self, permission: str, *, other_than: Account | None = None) -> Account:
        """The account behind `operator`."""
        if self.folder.is_demonstration:
            return _demonstration_account(permission, other_than)
        if other_than is not None:
            return second_person(other_than)
        return _signed_in(self.folder)


@contextlib.contextmanager
def opened(
    site: Path | None, key_file: Path | None = None, key_fd: int | None = None, *, settings: str = "", migrating: bool = False
) -> Iterator[Opened]:
    """Find and unlock a site and load the rooms; inside, only actions write. What is refused ends the command with 2.

    The sessions that an emergency lock could not end are ended first; while `migrating`, the caller does it afterwards.
    """
    from safeconduct.core.storage.api import StorageFault

    try:
        folder = unlock(site, key_file, key_fd)
        load(folder, settings)
    except StorageFault as fault:
        stop(str(fault))
    from django.db import Error, connections

    from safeconduct.core.access import guard
    from safeconduct.core.access.api import NotSignedIn, Refusal
    from safeconduct.core.reads.book import close_all

    try:
        with guard.only_actions_write():
            here = Opened(folder)
            if not migrating:
                here.end_what_a_lock_left()
            yield here
    except NotSignedIn:
        stop(_("Nobody is signed in, or the 15 minutes are over. Sign in with: safeconduct login"))
    except (Refusal, StorageFault) as refusal:
        stop(str(refusal))
    except Error as error:
        # Its text may quote what stands in a row.
        told = _("The database refused (%(error)s). After an update of the software run: safeconduct migrate")
        stop(told % {"error": type(error).__name__})
    finally:
        connections.close_all()
        close_all()
        folder.lock()


def unlock(site: Path | None, key_file: Path | None, key_fd: int | None) -> SiteFolder:
    """The site, unlocked in this process. Raises StorageFault."""
    from safeconduct.core.storage.api import SiteFolder, obtain, receive

    folder = SiteFolder.find(site)
    if receive(folder.path):  # started by `safeconduct serve`, which hands the key over
        return folder
    folder.unlock(obtain(folder, key_file=key_file, key_fd=key_fd))
    return folder


def passphrase_for(key_file: Path | None, key_fd: int | None) -> bytes:
    """The passphrase that opens a backup: from a descriptor, a key file, or asked for. Raises StorageFault."""
    from safeconduct.core.storage.passphrase import given

    return given(key_file=key_file, key_fd=key_fd)


def load(folder: SiteFolder, settings: str = "") -> None:
    """Load the rooms on this site's database, under the settings of its kind or under those named."""
    os.environ["SAFECONDUCT_SITE"] = str(folder.path)
    kind = settings or ("production" if folder.about.service else "embedded")
    load_rooms(f"safeconduct.site.settings.{kind}")


def load_rooms(settings: str) -> None:
    """Load the rooms under these settings, to speak the language of the shell."""
    import django
    from django.utils import translation

    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    django.setup()
    translation.activate(language())


def stop(message: str, status: int = REFUSED) -> Any:
    """End the command with a sentence."""
    sys.stderr.write(f"{message}\n")
    raise typer.Exit(status)


def _demonstration_account(permission: str, other_than: Account | None) -> Account:
    from safeconduct.core.access.api import Account, NotPermitted
    from safeconduct.core.access.permissions import roles_with

    found = Account.objects.filter(
        is_demonstration=True, is_active=True, grants__ended_at=None, grants__role__in=roles_with(permission)
    )
    for account in found.distinct().order_by("pk"):
        if other_than is None or account.pk != other_than.pk:
            return account
    raise NotPermitted()


def _signed_in(folder: SiteFolder) -> Account:
    from safeconduct.core import clock
    from safeconduct.core.access.accounts import shell_account
    from safeconduct.core.access.api import NotSignedIn

    path = folder.path / _TOKEN
    if not path.exists():
        raise NotSignedIn()
    return shell_account(path.read_text(errors="replace").strip(), at=clock.now())


def second_person(first: Account) -> Account:
    """A second account with its own secret, asked for at the terminal. Refuses the first person again."""
    from safeconduct.core.access.api import SamePerson

    second = ask_account(_("Second person, account name"))
    if second.pk == first.pk:
        raise SamePerson()
    return second


def ask_account(label: str = "", username: str | None = None) -> Account:
    """An account and its password, asked for at the terminal (or read from standard input, a line each)."""
    from django.contrib.auth import authenticate
    from django.http import HttpRequest

    name = username or _asked(label or _("Account name"))
    password = _asked(_("Password"), hidden=True)
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.2"  # its own: who guesses on the page does not shut the shell
    account = authenticate(request, username=name.strip().lower(), password=password)
    if account is None:
        return stop(_("This name and password do not open the site. After five wrong tries an account rests for 15 minutes."))
    _ask_second_factor(account)  # type: ignore[arg-type]
    return account  # type: ignore[return-value]


def _ask_second_factor(account: Account) -> None:
    """Where the account has one: a code of its app, or a recovery code. A passkey needs a browser."""
    from safeconduct.core import clock
    from safeconduct.core.signin.actions.proofs import prove_code
    from safeconduct.core.signin.queries import has_factor

    if has_factor(account):
        prove_code(account, _asked(_("Code of your app, or a recovery code")), at=clock.now(), real=clock.real())


def ask_new_password(label: str) -> str:
    """A new password, asked for twice at the terminal (or read once from standard input)."""
    return _asked(label, hidden=True, twice=True)


def _asked(label: str, *, hidden: bool = False, twice: bool = False) -> str:
    if sys.stdin.isatty():
        again = _("Repeat for confirmation") if twice else False
        return str(typer.prompt(label, hide_input=hidden, confirmation_prompt=again, err=True))
    line = sys.stdin.readline()
    if not line:
        told = _("%(asked)s: nothing was given. Run the command in a terminal, or give it a line of standard input.")
        stop(told % {"asked": label})
    return line.rstrip("\n")


def keep_token(folder: SiteFolder, token: str | None) -> None:
    """Keep the shell's token beside the sealed database, or forget it; it opens nothing without the passphrase."""
    path = folder.path / _TOKEN
    if token is None:
        path.unlink(missing_ok=True)
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(token)
