"""Computing a plan as long work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.core.jobs.api import Finish, Kind, Progress, declare
from safeconduct.plans import actions
from safeconduct.plans.compute import compute
from safeconduct.plans.queries import plan
from safeconduct.routes.api import count_choices

COMPUTE = "compute_plan"
FEW_CHOICES = 300  # a plan of so many is computed in less than a second on an old laptop


def is_small() -> bool:
    """Whether a plan is computed while a page waits."""
    return count_choices() <= FEW_CHOICES


def _compute(arguments: Mapping[str, Any], by: Actor, progress: Progress, finish: Finish) -> None:
    near = plan(arguments["near"], seen_by=by) if arguments.get("near") else None
    computed = compute(
        on=clock.today(), scenario=arguments["scenario"], near=near, loss=arguments.get("loss", 0),
        progress=lambda step, share: progress(int(100 * share), 100),
    )  # fmt: skip

    def effect() -> str:
        return reverse("plan", args=[actions.keep_plan(by=by, computed=computed, at=clock.now()).number])

    finish(effect)


def declare_work() -> None:
    """Make the work of this room known; called when the room is loaded."""
    declare(Kind(COMPUTE, _("Computing a plan"), "plans.compute", _compute))
