"""The face of long work for the other rooms."""

from safeconduct.core.jobs.actions import ask
from safeconduct.core.jobs.kinds import Finish, Kind, Progress, declare
from safeconduct.core.jobs.models import Job
from safeconduct.core.jobs.starting import start
from safeconduct.core.jobs.working import at_once, work_once

__all__ = ["Finish", "Job", "Kind", "Progress", "ask", "at_once", "declare", "start", "work_once"]
