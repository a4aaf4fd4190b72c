"""The travelling copy from the shell: taking cases along, bringing them back, declaring a copy lost."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from safeconduct.cli.opening import AsJson, KeyFd, KeyFile, Site, opened, stop
from safeconduct.core.languages.shell import gettext as _

Copy = Annotated[Path, typer.Argument(help="The folder of the copy.")]
CopyKeyFile = Annotated[Path | None, typer.Option("--copy-key-file", help="A file that holds the passphrase of the copy.")]
LONGEST = 90  # days


def app_travelling(app: typer.Typer) -> None:
    """Add the commands of this file."""
    travel = typer.Typer(help="One's own cases on another machine, without a network, and back.", no_args_is_help=True)
    travel.command("take")(take)
    travel.command("bring-back")(bring_back)
    travel.command("list")(list_travels)
    travel.command("lost")(lost)
    app.add_typer(travel, name="travel")


def take(
    copy: Copy,
    case: Annotated[
        list[int] | None, typer.Option(help="The number of a case; may be said several times. Else all your own.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=LONGEST, help="In how many days it is to be back.")] = 14,
    copy_key_file: CopyKeyFile = None,
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Take your cases along: a new folder, sealed under a passphrase of its own, that holds them and nothing else."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.storage.api import obtain_new
        from safeconduct.flows.travelling import leave

        actor, at = here.operator("register.travel"), clock.now()
        if here.folder.is_demonstration and copy_key_file is None:
            passphrase = here.folder.key_file.read_bytes().strip()
        else:
            passphrase = obtain_new(copy, site_name=here.folder.about.name, key_file=copy_key_file)
        typer.echo(_("Making the copy …"), err=True)
        done = leave(
            here.folder,
            copy,
            by=actor,
            passphrase=passphrase,
            cases=case or (),
            due_on=clock.day_of(at) + timedelta(days=days),
            at=at,
        )
        told = {
            "travel": str(done.travel.pk),
            "cases": done.travel.cases,
            "people": len(done.people),
            "due": done.travel.due_on.isoformat(),
        }
    says = _(
        "Along in %(folder)s, to be back by %(due)s: cases %(cases)s, people %(people)s. Work on them with:\n"
        "  safeconduct serve --site %(folder)s"
    )
    typer.echo(json.dumps(told) if as_json else says % {**told, "folder": copy})


def bring_back(
    copy: Copy,
    copy_key_file: CopyKeyFile = None,
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Write into the register what was recorded on a copy, and destroy the copy.

    Nothing newer is overwritten: what was changed on both sides waits for a decision, side by side, on the page of the person.
    """
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.storage.api import SiteFolder, obtain
        from safeconduct.flows.travelling import back, travel_of

        actor = here.operator("register.travel")
        folder = SiteFolder(copy)
        travel_of(folder)
        out = back(folder, by=actor, passphrase=obtain(folder, key_file=copy_key_file), at=clock.now())
        if out is None:
            typer.echo(_("This copy was brought back before. It is destroyed now."), err=as_json)
            if as_json:
                typer.echo(json.dumps({"before": True}))
            return
        told = {
            "changed": out.changed, "new": out.new, "entries": out.entries, "waiting": out.held, "alike": out.alike,
            "erased": out.erased, "renumbered": out.renumbered, "moments": out.moments,
            "clock": [moment.isoformat() for moment in out.clock] if out.clock else [],
        }  # fmt: skip
    if as_json:
        typer.echo(json.dumps(told))
        return
    says = _(
        "Changed: %(changed)s people. New: %(new)s. Consents, withdrawals and choices: %(entries)s. "
        "Waiting for a decision: %(waiting)s."
    )
    typer.echo(says % told)
    for number, given in out.renumbered:
        typer.echo(
            _("The number %(number)s was taken here; the person has the number %(given)s now.") % {"number": number, "given": given}
        )
    if out.erased:
        typer.echo(_("Erased here meanwhile, and not brought back: %(people)s.") % {"people": out.erased})
    if out.clock:
        clock_says = _(
            "The clock of the copy was wrong: it told moments between %(first)s and %(last)s. %(moments)s of them were set to the "
            "time between leaving and coming back; the audit chain holds what was told."
        )
        typer.echo(clock_says % {"first": told["clock"][0], "last": told["clock"][1], "moments": out.moments})
    typer.echo(_("The copy is destroyed."))


def list_travels(site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """List the copies that are out, back or lost: your own, and as a supervisor everybody's."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.register.api import travels

        found = [
            {
                "travel": str(one.pk), "account": one.account.username, "cases": one.cases, "due": one.due_on.isoformat(),
                "state": "back" if one.back_at else "lost" if one.lost_at else "out",
            }
            for one in travels(seen_by=here.operator("register.travel"))
        ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps(found))
        return
    for one in found:
        typer.echo(f"{one['travel']}  {one['account']}  {one['state']}  {one['due']}")


def lost(
    travel: Annotated[str, typer.Argument(help="The identifier of a travel, as `travel list` shows it.")],
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Declare a copy lost: nothing of it is taken back any more, even if it is found again."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.register.api import declare_lost, travels

        actor = here.operator("register.travel")
        found = next((one for one in travels(seen_by=actor) if str(one.pk) == travel), None)
        if found is None:
            stop(_("There is no copy %(travel)s that you may see.") % {"travel": travel})
        declare_lost(by=actor, travel=found, at=clock.now())
    typer.echo(_("This copy is lost. Nothing of it is taken back any more."))
