"""`safeconduct …`: every flow without a browser. Each file adds its commands; this one only gathers them."""

from __future__ import annotations

import os

import typer

from safeconduct.cli.certify import app_certify
from safeconduct.cli.demonstration import app_demonstration
from safeconduct.cli.merging import app_merging
from safeconduct.cli.place import app_place
from safeconduct.cli.planning import app_planning
from safeconduct.cli.raising import app_raising
from safeconduct.cli.records import app_records
from safeconduct.cli.recovery import app_recovery
from safeconduct.cli.serving import app_serving
from safeconduct.cli.sheets import app_sheets
from safeconduct.cli.sites import app_sites
from safeconduct.cli.travelling import app_travelling
from safeconduct.cli.working import app_working

app = typer.Typer(
    help="Getting people out of a place that they are not free to leave, one person at a time and by their own choice.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
for add in (
    app_sites,
    app_sheets,
    app_planning,
    app_place,
    app_certify,
    app_raising,
    app_merging,
    app_records,
    app_recovery,
    app_travelling,
    app_serving,
    app_working,
    app_demonstration,
):
    add(app)


def main() -> None:
    """Entry point of the `safeconduct` command."""
    os.umask(0o077)  # sheets, reports and plans hold people: only their owner reads what a command writes
    app()
