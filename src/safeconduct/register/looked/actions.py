"""A protection officer's decisions about one person's log: names of staff for a day, and a copy on paper for the person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, action, remark
from safeconduct.core.reads.api import LEFT, seen
from safeconduct.core.reads.models import LogDecision, Reason
from safeconduct.register.looked.queries import names_shown_until
from safeconduct.register.models import Person

A_DAY = timedelta(hours=24)


class NamesNotDecided(Refusal):
    code = "looked.names_not_decided"
    says = _("The names of staff stand on paper only while a decision shows them.")
    mend = _("Decide that first, with a reason; or print the log by role.")


@action(permission="reads.name_staff", audit=gettext_noop("staff named in a log of reads"))
def name_staff(*, by: Actor, person: Person, reason: str, at: datetime) -> LogDecision:
    """Show the names of staff in this person's log for 24 hours, to those who may decide it."""
    reason = Reason(reason)
    remark(person=str(person.pk), reason=reason.value)
    return LogDecision.objects.create(
        person=person.pk, kind=LogDecision.Kind.NAMES, reason=reason, decided_by_id=by.account, decided_at=at, ends_at=at + A_DAY
    )


@action(permission="reads.hand_over", audit=gettext_noop("log of reads handed to the person"))
def hand_over(*, by: Actor, person: Person, reason: str, names: bool, at: datetime) -> LogDecision:
    """Give a person the log of their own record on paper; with names of staff only while a decision shows them.

    The gate of consents is not asked: what leaves are the person's own data, for the person, who asked for them; there is nobody
    else whose consent it would be (GDPR article 15; ICRC, Handbook on Data Protection in Humanitarian Action, right of access).
    """
    reason = Reason(reason)
    if names and names_shown_until(person, seen_by=by, at=at) is None:
        raise NamesNotDecided()
    seen(person, LEFT)
    remark(person=str(person.pk), reason=reason.value, purpose="own_data", names=names)
    return LogDecision.objects.create(
        person=person.pk, kind=LogDecision.Kind.PAPER, reason=reason, decided_by_id=by.account, decided_at=at
    )
