"""Where a person is: moving to another block, coming back, leaving."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.register.actions.refusals import EndsTooEarly, NotHere, SameBlock
from safeconduct.register.models import Person, Presence


@action(permission="register.register", audit=gettext_noop("person moved"))
def move_person(*, by: Actor, person: Person, block: str, on: date, at: datetime) -> Presence:
    """Record that a person lives in a block from a day on; also for somebody who came back."""
    now = Presence.objects.filter(person=person, ends=None).first()
    if now is not None:
        if now.block == block:
            raise SameBlock()
        _end(now, on)
    else:
        last = Presence.objects.filter(person=person).order_by("-ends").first()
        if last is not None and last.ends is not None and on < last.ends:
            raise EndsTooEarly()
    remark(person=person.pk)
    return Presence.objects.create(person=person, block=block, starts=on)


@action(permission="register.register", audit=gettext_noop("person left"))
def record_leaving(*, by: Actor, person: Person, on: date, at: datetime) -> Presence:
    """Record the first day on which a person is no longer at the site."""
    now = Presence.objects.filter(person=person, ends=None).first()
    if now is None:
        raise NotHere()
    remark(person=person.pk)
    return _end(now, on)


def _end(stay: Presence, on: date) -> Presence:
    if stay.starts is not None and on < stay.starts:
        raise EndsTooEarly()
    stay.ends = on
    stay.save(update_fields=["ends"])
    return stay
