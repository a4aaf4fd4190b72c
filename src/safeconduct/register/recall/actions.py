"""Asking a recipient to delete what had left, and what the recipient answered."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, action, remark
from safeconduct.register.models import Consent, ConsentWithdrawal, Person, Recall, RecallAnswer
from safeconduct.register.recall.leavings import left_under


class NothingToRecall(Refusal):
    code = "register.nothing_to_recall"
    says = _("This did not leave under this consent, or the consent was not withdrawn.")
    mend = _("Look at the list of what has left.")


class RecalledBefore(Refusal):
    code = "register.recalled_before"
    says = _("The recipient was asked before.")


@action(permission="register.record_consent", audit=gettext_noop("recall asked for"))
def ask_recall(*, by: Actor, person: Person, consent: Consent, leaving: str, at: datetime) -> Recall:
    """Record that the recipient was asked to delete what had left. Raises NothingToRecall, RecalledBefore.

    Source: General Data Protection Regulation, article 19.
    """
    known = {each.key: each.consent for each in left_under(consent)}
    if consent.person_id != person.pk or leaving not in known or not ConsentWithdrawal.objects.filter(consent=consent).exists():
        raise NothingToRecall()
    if Recall.objects.filter(leaving=leaving).exists():
        raise RecalledBefore()
    remark(consent=consent.pk, person=person.pk)
    return Recall.objects.create(consent=known[leaving], leaving=leaving, asked_by_id=by.account, asked_at=at)


@action(permission="register.record_consent", audit=gettext_noop("recall answered"))
def answer_recall(*, by: Actor, person: Person, recall: Recall, answer: str, at: datetime) -> Recall:
    """Record what the recipient answered; a later answer takes the place of silence. Raises NothingToRecall."""
    if recall.consent.person_id != person.pk:
        raise NothingToRecall()
    recall.answer, recall.answered_at = RecallAnswer(answer), at
    recall.save(update_fields=["answer", "answered_at"])
    remark(person=person.pk, consent=recall.consent_id)
    return recall
