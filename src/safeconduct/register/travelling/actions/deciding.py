"""What follows a copy: deciding between what came back and what stands, and declaring a copy lost."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, NotPermitted, action, remark
from safeconduct.register.models import HeldChange, Person, Travel, TravellingRecord
from safeconduct.register.travelling import persons
from safeconduct.register.travelling.actions.putting import Contradicts, put, record_of
from safeconduct.register.travelling.merge import Value
from safeconduct.register.travelling.parts import ledgers, parts
from safeconduct.register.travelling.refusals import ChangedSince, DecidedBefore, NotOut, NotTheTravellers, StillClashes


def right_to_decide(held: HeldChange) -> str:
    """The permission that whoever decides must hold: the one with which such a thing is recorded."""
    if held.part == persons.NAME:
        return "register.register"
    return (parts() | ledgers())[held.part].write  # type: ignore[operator, no-any-return]


def may_see(held: HeldChange, reader: Actor) -> bool:
    """Whether the reader may know all of it: a row that is not put into words for a reader is none of the reader's business."""
    if held.part == persons.NAME:
        return reader.may("register.see_people")
    if held.part in ledgers():
        return reader.may(ledgers()[held.part].see)
    part = parts()[held.part]
    rows = [*held.base, *held.brought, *held.stands]
    return reader.may(part.see) and all(part.say(part.told(held.slot, row), reader, "en") for row in rows)


@action(permission="register.see_case", audit=gettext_noop("decided on what a copy brought"))
def decide(*, by: Actor, held: HeldChange, take: bool, shown: str, at: datetime) -> HeldChange:
    """Write what came back, or keep what stands. Both stay on record. Raises DecidedBefore, ChangedSince, StillClashes.

    `shown`: `print_of` what stood when whoever decides looked at it.
    """
    held = HeldChange.objects.select_related("person", "travel").get(pk=held.pk)
    if held.decided_at is not None:
        raise DecidedBefore()
    if not may_see(held, by) or not by.may(right_to_decide(held)):
        raise NotPermitted()
    if held.part in ledgers():
        if (follow := ledgers()[held.part].decide) is not None:
            follow(held, take, at)
    elif take:
        _write(held, shown, at)
    held.decided_by_id, held.decided_at, held.taken = by.account, at, take
    held.save(update_fields=["decided_by", "decided_at", "taken"])
    remark(person=held.person_id, part=held.part, taken=take)
    return held


def stands_now(held: HeldChange) -> Value:
    """What stands now where something is held; of a ledger nothing is replaced."""
    return [] if held.part in ledgers() else list(record_of(held.part, held.person).get(held.slot, ()))


def print_of(value: Value) -> str:
    """A digest of what somebody saw, to be told when it was changed meanwhile."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, default=str).encode()).hexdigest()[:32]


def _write(held: HeldChange, shown: str, at: datetime) -> None:
    if print_of(stands_now(held)) != shown:
        raise ChangedSince()
    try:
        put(held.part, held.person, held.slot, held.brought)
    except Contradicts:
        raise StillClashes() from None
    Person.objects.filter(pk=held.person_id).update(changed_at=at)


@action(permission="register.travel", audit=gettext_noop("travelling copy declared lost"))
def declare_lost(*, by: Actor, travel: Travel, at: datetime) -> Travel:
    """From now on nothing of this copy is taken back. Raises NotOut, NotTheTravellers."""
    travel = Travel.objects.get(pk=travel.pk)
    if travel.back_at is not None or travel.lost_at is not None:
        raise NotOut()
    if travel.account_id != by.account and not by.may("register.see_all_travels"):
        raise NotTheTravellers()
    travel.lost_at, travel.lost_by_id = at, by.account
    travel.save(update_fields=["lost_at", "lost_by"])
    TravellingRecord.objects.filter(travel=travel).delete()
    remark(account=travel.account_id)
    return travel
