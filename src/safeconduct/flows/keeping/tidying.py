"""What is kept no longer than it is needed goes by itself: each rule once, an entry in the audit chain where it took something."""

from __future__ import annotations

from datetime import datetime

from safeconduct.core.access.api import Actor, Role
from safeconduct.core.reads.keeping import NothingToCut, cut_old
from safeconduct.register.api import retention


def tidy(*, at: datetime, real: datetime) -> dict[str, int]:
    """Run every rule of retention; gives what each took. `real`: the machine's own clock, by which files are dated."""
    by = Actor.setting_up([Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])
    took = {"sheets": 0, "people": 0, "reads": 0, "files": retention.sweep_files(real)}
    if retention.old_sheets(at):
        took["sheets"] = retention.discard_old_sheets(by=by, at=at)
    if retention.long_gone(at):
        took["people"] = retention.ask_for_those_long_gone(by=by, at=at)
    try:
        cut_old(by=by, at=at)
        took["reads"] = 1
    except NothingToCut:
        pass
    return took
