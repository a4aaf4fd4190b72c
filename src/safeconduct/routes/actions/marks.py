from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, action, remark
from safeconduct.register.api import Person
from safeconduct.routes.models import Mark, MarkKind, Offer


class NoReason(Refusal):
    code = "routes.no_reason"
    says = _("A mark needs a reason that the person can be told.")
    mend = _("Write in a sentence why; the person may ask for a review of it.")


@action(permission="routes.mark_pairs", audit=gettext_noop("pair marked"))
def mark_pair(*, by: Actor, person: Person, offer: Offer, kind: str, reason: str, at: datetime) -> Mark:
    """Pin a person to an offer, or bar the pair; an earlier mark of the pair ends."""
    if not reason.strip():
        raise NoReason()
    Mark.objects.filter(person=person, offer=offer, ended_at=None).update(ended_at=at)
    remark(person=person.pk, offer=offer.key, kind=MarkKind(kind).value)
    return Mark.objects.create(person=person, offer=offer, kind=kind, reason=reason.strip(), made_by_id=by.account, made_at=at)


@action(permission="routes.mark_pairs", audit=gettext_noop("mark ended"))
def end_mark(*, by: Actor, mark: Mark, at: datetime) -> Mark:
    """End a mark; it stays on record."""
    mark.ended_at = at
    mark.save(update_fields=["ended_at"])
    return mark


@action(permission="routes.record_choices", audit=gettext_noop("review of a mark asked for"))
def ask_review(*, by: Actor, mark: Mark, at: datetime) -> Mark:
    """Record that the person asks for a review of a mark."""
    mark.review_asked_at = at
    mark.save(update_fields=["review_asked_at"])
    return mark
