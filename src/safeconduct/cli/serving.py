"""`safeconduct serve`, on this machine or to a team by name, and `safeconduct lock`, which ends it at once."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeconduct.cli.opening import KeyFd, KeyFile, Opened, Site, opened, stop
from safeconduct.core.languages.shell import gettext as _
from safeconduct.core.languages.shell import ngettext

if TYPE_CHECKING:
    from safeconduct.cli.supervisor import Shown
    from safeconduct.core.lan.authority import Authority
    from safeconduct.core.storage.api import SiteFolder

NOT_ALL_ENDED = 1
CRASHED = 1


def app_serving(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("serve")(serve)
    app.command("lock")(lock)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on this machine.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=16, help="Processes that answer.")] = 2,
    lan: Annotated[str, typer.Option(help="Serve a team over HTTPS under this name of the machine, such as camp.local.")] = "",
    address: Annotated[str, typer.Option(help="With --lan: the address to listen at; without it, at all.")] = "",
    new_authority: Annotated[
        bool, typer.Option("--new-authority", help="With --lan: a new authority, which every machine must trust anew.")
    ] = False,
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Serve the site's pages until Ctrl+C; then the key is forgotten. Without --lan on this machine alone (localhost).

    Exit status 3 after an emergency lock, 1 where the processes that answer did not stay alive.
    """
    from safeconduct.core.lan.names import checked_name
    from safeconduct.core.storage.api import StorageFault

    if not lan and (address or new_authority):
        stop(_("--address and --new-authority go with --lan: without it the pages never leave this machine."))
    try:
        name = checked_name(lan) if lan else ""
    except StorageFault as fault:
        stop(str(fault))
    place = (address or "0.0.0.0") if name else "127.0.0.1"  # every network of the machine, because it was asked for
    _refuse_taken(place, port)
    if name:
        os.environ["SAFECONDUCT_LAN"] = name
    with opened(site, key_file, key_fd, settings="lan" if name else "") as here:
        authority = _authority(here.folder, name, new_authority) if name else None
        says = _("Safeconduct serves %(site)s at %(address)s (Ctrl+C ends it)")
        shown = f"https://{name}:{port}/" if name else f"http://localhost:{port}/"
        typer.echo(says % {"site": here.folder.about.name, "address": shown})
        if authority is not None:
            _say_how_to_trust(authority, here.folder)
            _say_where_it_leads(name)
        well = _run(here, place, port, workers, authority)
    if not well:
        stop(_("The processes that answer ended again and again. Nothing was lost; start the site again."), CRASHED)


def _run(here: Opened, address: str, port: int, workers: int, authority: Authority | None) -> bool:
    from safeconduct.cli.records import anchor_reads
    from safeconduct.cli.supervisor import COMPANIONS, LOCKED, Supervisor
    from safeconduct.core import clock
    from safeconduct.core.emergency.ending import end_for_good
    from safeconduct.core.storage.api import handing_over

    https: dict[str, Any] = {}
    if authority is not None:
        certificates = _Certificates(authority)
        https = {"certificates": certificates.next, "due": certificates.due}

    def ended(within: float) -> None:
        end_for_good(here.folder.path, LOCKED, at=clock.now(), within=within)

    with handing_over(here.folder.path) as handover:
        server = Supervisor(handover, address=address, port=port, workers=workers, ended=ended, companions=COMPANIONS, **https)
        anchor_reads()
        well = server.run()
        anchor_reads()
        return well


def _authority(folder: SiteFolder, name: str, renew: bool) -> Authority:
    from safeconduct.core.lan.authority import Authority

    return Authority.of(folder, name, at=_now(), renew=renew)


class _Certificates:
    """What the server shows, and when it wants another; by the real clock, also on a demonstration."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    def next(self) -> Shown:
        from safeconduct.cli.supervisor import Shown
        from safeconduct.core.lan.memory import MemoryFile

        self._now = self._authority.issue(at=_now())
        chain, key = MemoryFile(self._now.chain), MemoryFile(self._now.key)
        return Shown(chain.path, key.path, partial(_close, chain, key))

    def due(self) -> bool:
        return self._now.due(_now())


def _close(*files: Any) -> None:
    for each in files:
        each.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _say_how_to_trust(authority: Authority, folder: SiteFolder) -> None:
    from safeconduct.core.lan.authority import CERTIFICATE, fingerprint
    from safeconduct.core.lan.trusting import ways

    carried = folder.path / CERTIFICATE
    says = _(
        "Each machine that opens this address must trust the site's authority once. Carry this file to it (it is public): %(file)s"
    )
    typer.echo("\n" + says % {"file": carried})
    typer.echo(_("Before it is trusted, compare its SHA-256 fingerprint there, by eye, with this one:"))
    for row in fingerprint(carried.read_bytes()):
        typer.echo(f"    {row}")
    for way in ways(authority.name):
        typer.echo(f"  {way.machine}")
        for step in way.steps:
            typer.echo(f"    - {step}")
        for command in way.commands:
            typer.echo(f"      {command}")


def _say_where_it_leads(name: str) -> None:
    from safeconduct.core.lan.names import where_it_leads

    leads = where_it_leads(name)
    if leads.nowhere:
        typer.echo("\n" + _("%(name)s leads nowhere yet, asked from this machine.") % {"name": name}, err=True)
    elif leads.elsewhere:
        says = _("%(name)s leads to %(addresses)s, and that is not this machine.")
        typer.echo("\n" + says % {"name": name, "addresses": ", ".join(leads.to)}, err=True)
    else:
        return
    line = f"{leads.here[0] if leads.here else '192.0.2.1'}  {name}"
    says = _(
        "Either each machine gets this line in its hosts file (/etc/hosts; on Windows C:\\Windows\\System32\\drivers\\etc\\hosts), "
        "with this machine's address in the team's network: %(line)s"
    )
    typer.echo(says % {"line": line}, err=True)
    if name.endswith(".local"):
        says = _(
            "Or, without any list: install avahi-daemon on this machine and call the machine %(host)s "
            "(sudo hostnamectl set-hostname %(host)s); then %(name)s is found by itself in the same network."
        )
        typer.echo(says % {"host": name.removesuffix(".local"), "name": name}, err=True)


def lock(site: Site = None) -> None:
    """Lock a site at once in an emergency: every process that holds its key ends, every session too. Needs no passphrase.

    Exit status 0: locked, and nothing holds the key; 1: a process could not be ended.
    """
    from safeconduct.core.storage.api import StorageFault, locking

    try:
        folder = _folder(site)
        done = locking.lock_now(folder, at=_now())
    except StorageFault as fault:
        stop(str(fault))
    except OSError as fault:
        stop(_("The site can't be locked from here: %(reason)s.") % {"reason": fault.strerror})
    if done.left:
        told = _("These processes still hold the key and can't be ended from here: %(processes)s. Switch the machine off.")
        stop(told % {"processes": ", ".join(map(str, done.left))}, NOT_ALL_ENDED)
    if done.ended:
        says = ngettext("Locked: %(ended)s process was ended.", "Locked: %(ended)s processes were ended.", done.ended)
        typer.echo(says % {"ended": done.ended})
    else:
        typer.echo(_("Locked: this site was not running."))
    if not done.marked:
        typer.echo(_("Its sessions could not be marked as ended: nothing can be written in the folder."), err=True)


def _folder(site: Path | None) -> Path:
    """The site's folder, also where its site.toml can't be read any more. Raises StorageFault."""
    from safeconduct.core.storage.api import SiteFolder, locking
    from safeconduct.core.storage.errors import NotASite

    try:
        return SiteFolder.find(site).path
    except NotASite as fault:
        folder = fault.numbers["folder"]
        if isinstance(folder, Path) and locking.is_site(folder):
            return folder
        raise


def _refuse_taken(address: str, port: int) -> None:
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0][0]
        with socket.socket(family) as asked:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asked.bind((address, port))
    except OSError as error:
        told = _("Port %(port)s can't be used: %(reason)s. Name another one with --port.")
        stop(told % {"port": port, "reason": error.strerror})
