"""Taking submissions out: the one way in which a person's data leaves for a state, through the one gate."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, action, remark
from safeconduct.core.reads.api import seen
from safeconduct.core.spreadsheets.api import Sheet, write_xlsx
from safeconduct.departures.gate import standing
from safeconduct.departures.models import Submission, SubmissionFile
from safeconduct.departures.sheet import columns_for, line
from safeconduct.plans.api import Plan
from safeconduct.register.api import MayLeave, Person, levels_of
from safeconduct.routes.api import Offer


class PlanNotApproved(Refusal):
    code = "departures.plan_not_approved"
    says = _("Submissions are taken only from a plan that a second person approved.")
    mend = _("Ask a supervisor or protection officer to read and decide the plan.")


class PlanReplaced(Refusal):
    code = "departures.plan_replaced"
    says = _("A newer plan was approved. Submissions are taken from that one alone.")


class NobodyMayLeave(Refusal):
    code = "departures.nobody_may_leave"
    says = _("Each of the %(people)s people is held back; nothing was taken out.")
    mend = _("The page on this offer says what holds each of them back.")


@action(permission="departures.submit", audit=gettext_noop("submissions taken out"))
def take_out_submissions(*, by: Actor, plan: Plan, offer: Offer, at: datetime) -> tuple[SubmissionFile, bytes]:
    """The sheet for one offer of an approved plan, with exactly the people who may leave at this moment.

    The audit entry, with the digest of the file, is written before the caller gets the bytes.
    """
    approved = Plan.objects.get(pk=plan.pk)
    if approved.state != Plan.State.APPROVED or approved.is_scenario:
        raise PlanNotApproved()
    if Plan.objects.filter(number__gt=approved.number, state=Plan.State.APPROVED).exists():
        raise PlanReplaced()
    found = standing(approved, offer, at=at)
    leaving = found.leaving
    if not leaving:
        raise NobodyMayLeave(people=len(found.held))
    data = _sheet(leaving, columns_for(offer))
    digest = hashlib.sha256(data).hexdigest()
    file = SubmissionFile.objects.create(
        plan=approved, offer=offer, recipient=offer.destination, taken_at=at, taken_by_id=by.account, people=len(leaving),
        held_back=len(found.held), digest=digest,
    )  # fmt: skip
    Submission.objects.bulk_create(
        Submission(file=file, person_id=person, consent=answer.consent, groups=sorted(answer.groups))
        for person, answer in leaving.items()
    )
    remark(
        subject=f"departures.submissionfile:{file.pk}", recipient=offer.destination, people=len(leaving),
        held_back=file.held_back, sha256=digest,
    )  # fmt: skip
    for person, answer in leaving.items():
        seen(person, *levels_of(answer.groups))
    return file, data


def _sheet(leaving: Mapping[UUID, MayLeave], columns: tuple[str, ...]) -> bytes:
    rows, ids = [], list(leaving)
    for start in range(0, len(ids), 500):
        found = Person.objects.filter(pk__in=ids[start : start + 500]).prefetch_related(
            "names", "nationalities", "needs", "statuses", "memberships__family"
        )
        rows += [line(person, columns, leaving[person.pk].groups) for person in found]
    rows.sort(key=lambda row: row[0])
    stream = io.BytesIO()
    write_xlsx(stream, [Sheet("Submissions", list(columns), rows)])
    return stream.getvalue()
