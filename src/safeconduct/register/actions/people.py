"""Registering one person by hand, and correcting the record of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.dates import BirthDate
from safeconduct.register.actions.cases import open_cases
from safeconduct.register.actions.refusals import EndsTooEarly, NoName, NumberTaken
from safeconduct.register.models import (
    NameKey,
    Nationality,
    Need,
    Person,
    PersonName,
    Presence,
    ProtectionStatus,
    SpokenLanguage,
)
from safeconduct.register.names import key_rows, script_of
from safeconduct.register.needs import RESTRICTED, category


@dataclass(frozen=True)
class Record:
    """What is written down of a person. `names` are (kind, text), in either script; `birth` None leaves it as it stands."""

    number: str
    names: tuple[tuple[str, str], ...]
    sex: str
    birth: BirthDate | None
    nationalities: tuple[str, ...]
    languages: tuple[str, ...]
    needs: tuple[str, ...]
    urgency: str
    status: str
    status_since: date | None = None


@action(permission="register.register", audit=gettext_noop("person registered"))
def register_person(*, by: Actor, record: Record, block: str, arrived_on: date | None, at: datetime) -> Person:
    """Register one person who is at the site. Refuses a number that is taken, and somebody without any name."""
    if not record.names:
        raise NoName()
    if Person.every.filter(number=record.number).exists():
        raise NumberTaken()
    person = Person(number=record.number, sex=record.sex, urgency=record.urgency, registered_at=at, changed_at=at)
    _set_birth(person, record.birth)
    person.save(force_insert=True)
    _write_names(person, record.names)
    _keep(Nationality, "country", person, record.nationalities)
    _keep(SpokenLanguage, "language", person, record.languages)
    Need.objects.bulk_create(Need(person=person, code=code) for code in sorted(set(record.needs)))
    if record.status:
        ProtectionStatus.objects.create(person=person, status=record.status, since=record.status_since)
    Presence.objects.create(person=person, block=block, starts=arrived_on)
    open_cases([person.pk], by=by, at=at)
    person.refresh_from_db(fields=["case"])
    return person


@action(permission="register.register", audit=gettext_noop("person corrected"))
def correct_person(*, by: Actor, person: Person, record: Record, on: date, at: datetime) -> Person:
    """Correct the record of a person; the audit entry names the fields that changed, never what stood in them.

    Whoever may not see restricted needs can add one but takes none away: it was not on the page.
    """
    if not record.names:
        raise NoName()
    if Person.every.filter(number=record.number).exclude(pk=person.pk).exists():
        raise NumberTaken()
    changed = [name for name in ("number", "sex", "urgency") if getattr(person, name) != getattr(record, name)]
    for name in changed:
        setattr(person, name, getattr(record, name))
    if record.birth is not None and _set_birth(person, record.birth):
        changed.append("birth")
    changed += _correct_names(person, record.names)
    changed += _keep(Nationality, "country", person, record.nationalities)
    changed += _keep(SpokenLanguage, "language", person, record.languages)
    changed += _correct_needs(person, record.needs, on, hidden=not by.may("register.see_medical_needs"))
    changed += _correct_status(person, record.status, record.status_since, on)
    if changed:
        person.changed_at = at
        person.save()
    remark(fields=sorted(changed))
    return person


def _set_birth(person: Person, birth: BirthDate | None) -> bool:
    """Whether the birth now reads otherwise than before."""
    if birth is None:
        return False
    new = (birth.earliest, birth.latest, str(birth.precision), str(birth.calendar), birth.as_told[:60])
    old = (
        person.born_earliest,
        person.born_latest,
        person.birth_precision,
        person.birth_calendar,
        person.birth_as_told,
    )
    person.born_earliest, person.born_latest, person.birth_precision, person.birth_calendar, person.birth_as_told = new
    return new != old


def _write_names(person: Person, names: Iterable[tuple[str, str]]) -> None:
    names = list(dict.fromkeys(names))
    PersonName.objects.bulk_create(PersonName(person=person, kind=k, script=script_of(t), text=t) for k, t in names)
    NameKey.objects.bulk_create(key_rows(person.pk, names))


def _correct_names(person: Person, names: tuple[tuple[str, str], ...]) -> list[str]:
    if set(person.names.values_list("kind", "text")) == set(names):
        return []
    person.names.all().delete()
    person.keys.all().delete()
    _write_names(person, names)
    return ["names"]


def _keep(model: type[Any], field: str, person: Person, wanted: Collection[str]) -> list[str]:
    """Make a person's rows of a table those that are wanted; the field's name where anything changed."""
    found = model.objects.filter(person=person)
    held = set(found.values_list(field, flat=True))
    if held == set(wanted):
        return []
    found.exclude(**{f"{field}__in": list(wanted)}).delete()
    model.objects.bulk_create(model(person=person, **{field: value}) for value in dict.fromkeys(wanted) if value not in held)
    return [field]


def _correct_needs(person: Person, wanted: Collection[str], on: date, *, hidden: bool) -> list[str]:
    held = set(person.needs.filter(ends=None).values_list("code", flat=True))
    kept = {code for code in held if hidden and category(code) in RESTRICTED}
    gone, new = held - set(wanted) - kept, set(wanted) - held
    person.needs.filter(ends=None, code__in=gone).update(ends=on)
    Need.objects.bulk_create(Need(person=person, code=code, starts=on) for code in sorted(new))
    return ["needs"] if gone or new else []


def _correct_status(person: Person, status: str, since: date | None, on: date) -> list[str]:
    standing = person.statuses.filter(ends=None).first()
    if not status or (standing is not None and standing.status == status and (since is None or since == standing.since)):
        return []
    if standing is not None and standing.status == status:
        standing.since = since
        standing.save(update_fields=["since"])
        return ["status_since"]
    if standing is not None:
        end = since or on
        if standing.since is not None and end < standing.since:
            raise EndsTooEarly()
        standing.ends = end
        standing.save(update_fields=["ends"])
    ProtectionStatus.objects.create(person=person, status=status, since=since)
    return ["status"]
