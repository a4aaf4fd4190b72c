"""Merging two records of one person from the shell, and undoing it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from safeconduct.cli.opening import AsJson, KeyFd, KeyFile, Site, opened, stop
from safeconduct.core.languages.shell import gettext as _


def app_merging(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("merge")(merge)
    app.command("undo-merge")(undo)


def merge(
    number: Annotated[str, typer.Argument(help="Registration number of the record that holds.")],
    other: Annotated[str, typer.Argument(help="Registration number of the record that is merged into it.")],
    why: Annotated[str, typer.Option(help="document, said, family, entered_twice or mixed.")],
    take: Annotated[
        list[str] | None,
        typer.Option(help="A part that is taken from the other record: names, sex, birth, urgency, place, status or family."),
    ] = None,
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Merge two records of one person. Nothing is lost: `undo-merge` brings both back as they stood."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.register.api import MERGE_PARTS, MergeReason, merge_people

        actor = here.operator("register.merge")
        for given, known in ((take or [], MERGE_PARTS), ([why], MergeReason.values)):
            wrong = next((one for one in given if one not in known), None)
            if wrong is not None:
                stop(_("“%(value)s” is not known. Write one of: %(known)s.") % {"value": wrong, "known": ", ".join(known)})
        done = merge_people(
            by=actor, person=_of(number, actor), other=_of(other, actor), take=dict.fromkeys(take or (), "other"), reason=why,
            at=clock.now(),
        )  # fmt: skip
        told = {"merge": str(done.pk), "number": number, "other": other, "steps": done.rows.count()}
    says = _("%(other)s is merged into %(number)s in %(steps)s steps. `safeconduct undo-merge %(number)s` brings it back.")
    typer.echo(json.dumps(told) if as_json else says % told)


def undo(
    number: Annotated[str, typer.Argument(help="Registration number of the record that holds.")],
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Undo the last merge or split of a record. What was recorded since is not overwritten."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.register.api import last_merge, undo_merge

        actor = here.operator("register.merge")
        found = last_merge(_of(number, actor))
        if found is None:
            stop(_("The record %(number)s was never merged or split, or that was undone.") % {"number": number})
        done = undo_merge(by=actor, merge=found, at=clock.now())
        told = {"merge": str(done.pk), "number": number, "stayed": done.stayed}
    says = _("Undone. Steps that stayed because something newer was recorded since: %(stayed)s.")
    typer.echo(json.dumps(told) if as_json else says % told)


def _of(number: str, actor: Any) -> Any:
    """The person of a number whom the operator may see."""
    from safeconduct.register.api import visible_to

    found = visible_to(actor).filter(number=number).first()
    if found is None:
        stop(_("There is no record %(number)s that you may see.") % {"number": number})
    return found
