"""Computing, deciding and taking out plans."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from safeconduct.cli.files import refuse_unwritable, write_private
from safeconduct.cli.opening import AsJson, KeyFd, KeyFile, Site, opened, stop
from safeconduct.cli.sheets import _bar
from safeconduct.core.languages.shell import gettext as _
from safeconduct.core.languages.shell import listed, ngettext

_STATES = {
    "computed": _("It waits for a second person."),
    "approved": _("A second person approved it."),
    "sent_back": _("A second person sent it back."),
}
Number = Annotated[int, typer.Argument(min=1, help="The plan's number.")]


def app_planning(app: typer.Typer) -> None:
    """Add the commands of this file."""
    plan = typer.Typer(help="Compute a plan; read, approve or send back one.", invoke_without_command=True)
    plan.callback()(compute)
    plan.command("show")(show)
    plan.command("approve")(approve)
    plan.command("send-back")(send_back)
    app.add_typer(plan, name="plan")
    app.command("submissions")(submissions)


def compute(
    context: typer.Context,
    scenario: Annotated[list[str] | None, typer.Option(help="An offer that is not in writing: makes a scenario.")] = None,
    near: Annotated[int | None, typer.Option(min=1, help="A plan's number: change as little of it as possible.")] = None,
    loss: Annotated[
        int, typer.Option(help="With --near: what the plan may lose, in hundredths of a percent (0, 1, 5, 10 or 50).")
    ] = 0,
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Compute a plan from the choices that count, check it with independent code, and keep it for a second person."""
    if context.invoked_subcommand is not None:
        if site or key_file or key_fd is not None or scenario or near:
            told = _("Write the options after the command: safeconduct plan %(command)s … --site FOLDER")
            stop(told % {"command": context.invoked_subcommand})
        return
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.plans.api import LOSSES, keep_plan, plan_summary
        from safeconduct.plans.api import compute as compute_plan

        actor = here.operator("plans.compute")
        _known_offers(scenario or [])
        if loss not in LOSSES:
            told = _("A loss is one of %(known)s, in hundredths of a percent.")
            stop(told % {"known": listed([str(each) for each in LOSSES])})
        close_to = None if near is None else _plan(here, near)
        with _bar(_("Computing"), as_json) as bar:
            computed = compute_plan(
                on=clock.today(),
                scenario=scenario or (),
                near=close_to,
                loss=loss,
                progress=lambda step, share: bar(int(100 * share), 100),
            )
        _print(plan_summary(keep_plan(by=actor, computed=computed, at=clock.now())), as_json)


def _known_offers(keys: list[str]) -> None:
    from safeconduct.routes.api import Offer

    known = set(Offer.objects.values_list("key", flat=True))
    for key in keys:
        if key not in known:
            told = _("There is no offer called %(key)s. Offers: %(known)s.")
            stop(told % {"key": key, "known": listed(sorted(known)) or _("none yet")})


def show(number: Number, site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """Print a plan in numbers."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.plans.api import plan_summary

        _print(plan_summary(_plan(here, number)), as_json)


def approve(number: Number, site: Site = None, key_file: KeyFile = None, key_fd: KeyFd = None, as_json: AsJson = False) -> None:
    """Approve a plan: a second person, with a secret of one's own."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.plans.api import approve_plan, plan_summary

        plan = _plan(here, number)
        second = here.account("plans.approve", other_than=plan.computed_by)
        _print(plan_summary(approve_plan(by=second.actor("shell"), plan=plan, at=clock.now())), as_json)


def send_back(
    number: Number, reason: Annotated[str, typer.Option(help="What should change.")], site: Site = None, key_file: KeyFile = None,
    key_fd: KeyFd = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Send a plan back with a reason: a second person, with a secret of one's own."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.plans.api import plan_summary
        from safeconduct.plans.api import send_back as send_plan_back

        plan = _plan(here, number)
        second = here.account("plans.approve", other_than=plan.computed_by)
        _print(plan_summary(send_plan_back(by=second.actor("shell"), plan=plan, reason=reason, at=clock.now())), as_json)


def submissions(
    number: Number,
    offer: Annotated[str, typer.Argument(help="The offer's key.")],
    out: Annotated[Path, typer.Option(help="The xlsx file that is written.")],
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
    as_json: AsJson = False,
) -> None:
    """Take out the submissions of an approved plan for one offer: only people whose consent is in force at this moment."""
    with opened(site, key_file, key_fd) as here:
        from safeconduct.core import clock
        from safeconduct.core.reads.api import recording
        from safeconduct.departures.api import take_out_submissions
        from safeconduct.routes.api import Offer

        actor, plan = here.operator("departures.submit"), _plan(here, number)
        found = Offer.objects.filter(key=offer).first()
        if found is None:
            stop(_("There is no offer called %(key)s.") % {"key": offer})
        refuse_unwritable(out, endings=(".xlsx",))
        with recording(actor, "submissions"):
            file, data = take_out_submissions(by=actor, plan=plan, offer=found, at=clock.now())
        write_private(out, data)
    told = {"file": str(out), "offer": offer, "people": file.people, "held_back": file.held_back, "sha256": file.digest}
    says = _("%(file)s: %(people)s people, %(held_back)s held back, SHA-256 %(sha256)s")
    typer.echo(json.dumps(told) if as_json else says % told)


def _plan(here: Any, number: int) -> Any:
    from safeconduct.plans.api import plan

    found = plan(number, seen_by=here.operator("plans.see_plans"))
    if found is None:
        stop(_("There is no plan %(number)s.") % {"number": number})
    return found


def _print(summary: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False))
        return
    if summary["scenario"]:
        told = _("Scenario %(plan)s of %(as_of)s: %(people_placed)s of %(people_chosen)s people whose choice counts can leave.")
    else:
        told = _("Plan %(plan)s of %(as_of)s: %(people_placed)s of %(people_chosen)s people whose choice counts can leave.")
    typer.echo(told % summary)
    typer.echo("  " + (_("It is never approved.") if summary["scenario"] else _STATES[summary["state"]]))
    typer.echo("  " + _("%(verdict)s (%(seconds)s s)") % summary)
    for offer in summary["offers"]:
        typer.echo("  " + _("%(offer)s: %(limit)s, %(placed)s placed, %(chosen_first)s chose it first%(more)s") % _in_words(offer))
    for why in summary["why_people_remain"][:6]:
        typer.echo("  " + ngettext("%(people)s remain: %(says)s", "%(people)s remain: %(says)s", why["people"]) % why)


def _in_words(offer: dict[str, Any]) -> dict[str, Any]:
    limit, more = _("no limit"), ""
    if offer["places"] is not None:
        limit = ngettext("%(places)s places", "%(places)s places", offer["places"]) % offer
    if offer["one_more_place"] is not None:
        more = _("; one more place lets %(one_more_place)s more leave, ten let %(ten_more_places)s") % offer
    return {**offer, "limit": limit, "more": more}
