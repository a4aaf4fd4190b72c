"""`safeconduct demo`: a demonstration site with the bundled case, from nothing to a plan."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from safeconduct.cli.opening import opened, stop
from safeconduct.core.languages.shell import gettext as _

CASE = Path(__file__).resolve().parents[3] / "cases" / "liberty"
DAY = date(2013, 12, 31)


def app_demonstration(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("demo")(demo)


def demo(
    folder: Annotated[Path, typer.Option("--site", help="Where the demonstration site is made.")] = Path("demo-site"),
    case: Annotated[Path, typer.Option(help="The case that is loaded.")] = CASE,
    people: Annotated[int, typer.Option(min=120, max=200_000, help="How many people are invented.")] = 3100,
    seed: Annotated[int, typer.Option(help="The seed of the invention.")] = 2013,
) -> None:
    """Make a demonstration site: everybody on it is invented. Running it again keeps what is there."""
    from safeconduct.core.storage.api import SiteFolder, StorageFault

    if not (case / "build.py").is_file():
        stop(_("%(folder)s is no case: it holds no build.py.") % {"folder": case})
    if not folder.exists():
        try:
            SiteFolder.create(
                folder,
                name="Camp Liberty",
                kind="demonstration",
                created=datetime.now().astimezone(),
                zone="Asia/Baghdad",
                today=DAY,
            )
        except StorageFault as fault:
            stop(str(fault))
        says = _("A sealed database was made in %(folder)s; its key lies beside it, for a demonstration only.")
        typer.echo(says % {"folder": folder})
    with opened(folder) as here:
        if not here.folder.is_demonstration:
            stop(_("%(folder)s is a real site; a demonstration needs a folder of its own.") % {"folder": folder})
        _fill(case, seed, people)
    typer.echo(_("Everybody in it is invented; offers and events are public facts, with their sources."))


def _fill(case: Path, seed: int, people: int) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from safeconduct.core import clock
    from safeconduct.flows.opening import bring_up_to_date

    bring_up_to_date()
    from safeconduct.flows.demonstration import (
        PASSWORD,
        give_a_block_to_the_second_team,
        load_case,
        open_demonstration_accounts,
        open_demonstration_teams,
    )

    accounts = open_demonstration_accounts(clock.now())
    open_demonstration_teams(accounts, clock.now())
    with Progress(console=Console(stderr=True), transient=True) as bars:
        task: dict[str, Any] = {}

        def progress(step: str, done: int, of: int | None) -> None:
            if task.get("step") != step:
                if "id" in task:
                    bars.remove_task(task["id"])
                task.update(step=step, id=bars.add_task(step.capitalize(), total=of))
            bars.update(task["id"], completed=done, total=of)

        counts = load_case(case, seed=seed, people=people, at=clock.now(), progress=progress)
        give_a_block_to_the_second_team(clock.now())
        kept = _first_plan(progress)
    says = _(
        "%(people)s people, %(families)s rows of families, %(offers)s offers, %(choices)s answers to offers, "
        "%(consents)s new consents."
    )
    typer.echo(says % counts)
    if kept is not None:
        from safeconduct.cli.planning import _print
        from safeconduct.plans.api import plan_summary

        _print(plan_summary(kept), False)
    typer.echo("\n" + _("Accounts, one a role, all with the password “%(password)s”:") % {"password": PASSWORD})
    for account in accounts:
        typer.echo(f"  {account.username}")


def _first_plan(progress: Any) -> Any:
    from safeconduct.cli.opening import _demonstration_account
    from safeconduct.core import clock
    from safeconduct.plans.api import Plan, compute, keep_plan

    if Plan.objects.exists():
        return Plan.objects.order_by("-number").first()
    actor = _demonstration_account("plans.compute", None).actor("shell")
    computed = compute(on=clock.today(), progress=lambda step, share: progress(_("computing a plan"), int(100 * share), 100))
    return keep_plan(by=actor, computed=computed, at=clock.now())
