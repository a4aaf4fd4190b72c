"""The consent ledger and the one gate `may_leave`: every way out asks it, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, Refusal, Verdict, action, remark
from safeconduct.register.models import Consent, ConsentWithdrawal, Person, Purpose
from safeconduct.register.rules import ConsentEntry
from safeconduct.register.rules import may_leave as may_leave_rule


class ConsentPeriod(Refusal):
    code = "register.consent_period"
    says = _("This consent would end before it starts.")
    mend = _("Give the first day on which it no longer holds, later than its first day.")


class AlreadyWithdrawn(Refusal):
    code = "register.already_withdrawn"
    says = _("This consent was withdrawn before.")


@action(permission="register.record_consent", audit=gettext_noop("consent recorded"))
def record_consent(
    *, by: Actor, person: Person, purpose: str, recipient: str, starts: date, ends: date, language: str, at: datetime
) -> Consent:
    """Record a person's yes to one purpose and one recipient, until a day."""
    if ends <= starts:
        raise ConsentPeriod()
    remark(purpose=Purpose(purpose).value, recipient=recipient, person=person.pk)
    return Consent.objects.create(
        person=person, purpose=purpose, recipient=recipient, starts=starts, ends=ends, language=language,
        recorded_by_id=by.account, recorded_at=at,
    )  # fmt: skip


@action(permission="register.record_consent", audit=gettext_noop("consent withdrawn"))
def withdraw_consent(*, by: Actor, consent: Consent, at: datetime) -> ConsentWithdrawal:
    """Record that the person took a consent back. From this moment nothing leaves under it."""
    if ConsentWithdrawal.objects.filter(consent=consent).exists():
        raise AlreadyWithdrawn()
    remark(consent=consent.pk)
    return ConsentWithdrawal.objects.create(consent=consent, withdrawn_at=at, recorded_by_id=by.account)


def may_leave(
    people: Collection[UUID], *, purpose: Purpose, recipient: str, at: datetime
) -> dict[UUID, tuple[Verdict, Consent | None]]:
    """For each person: whether anything may leave for that purpose and recipient now, and the consent that allows it.

    Call it inside the action that lets something leave, or a withdrawal slips in between.
    """
    ledger: dict[UUID, list[Consent]] = {person: [] for person in people}
    for start in range(0, len(ids := list(people)), 500):
        rows = Consent.objects.filter(person__in=ids[start : start + 500], purpose=purpose).select_related("withdrawal")
        for consent in rows:
            ledger[consent.person_id].append(consent)
    on = clock.day_of(at)
    return {person: _verdict(consents, purpose, recipient, on) for person, consents in ledger.items()}


def _verdict(consents: list[Consent], purpose: Purpose, recipient: str, on: date) -> tuple[Verdict, Consent | None]:
    verdict = may_leave_rule([entry(c) for c in consents], purpose=purpose, recipient=recipient, on=on)
    if not verdict.allowed:
        return verdict, None
    for consent in consents:
        if may_leave_rule([entry(consent)], purpose=purpose, recipient=recipient, on=on).allowed:
            return verdict, consent
    return verdict, None


def entry(consent: Consent) -> ConsentEntry:
    """A row of the ledger as the rule reads it."""
    withdrawal = getattr(consent, "withdrawal", None)
    return ConsentEntry(
        consent.purpose, consent.recipient, consent.starts, consent.ends, withdrawal.withdrawn_at if withdrawal else None
    )
