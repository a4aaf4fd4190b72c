"""Erasures: asked for, decided, done.

Source: General Data Protection Regulation, article 17, and 17(3) with 5(2) and 30 for what stays.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, SamePerson, action, remark
from safeconduct.core.documents.api import shred
from safeconduct.register.documents.actions import forget
from safeconduct.register.erasure.refusals import ErasureDecided, ErasureWaits, ErasureWithoutReason
from safeconduct.register.merging.own import SCALARS, scalars
from safeconduct.register.merging.ties import ties
from safeconduct.register.models import Document, Erasure, ErasureGround, ImportBatch, ImportedRow, MergedRow, Person


@action(permission="register.ask_erasure", audit=gettext_noop("erasure asked for"))
def ask_erasure(*, by: Actor, person: Person, ground: str, at: datetime) -> Erasure:
    """Ask that a person's record is erased. Nothing changes by this. Raises ErasureWaits."""
    if Erasure.objects.filter(person=person, decided_at=None).exists():
        raise ErasureWaits()
    remark(person=person.pk, ground=ErasureGround(ground).value)
    return Erasure.objects.create(person=person, ground=ErasureGround(ground), asked_by_id=by.account, asked_at=at)


@action(permission="register.decide_erasure", audit=gettext_noop("erasure refused"))
def refuse_erasure(*, by: Actor, erasure: Erasure, because: str, at: datetime) -> Erasure:
    """Leave the record as it is, with the reason that the person is told. Raises ErasureDecided, ErasureWithoutReason."""
    if not because.strip():
        raise ErasureWithoutReason()
    return _decided(by, erasure, allowed=False, because=because.strip(), at=at)


def erase(*, by: Actor, erasure: Erasure, at: datetime) -> Erasure:
    """Erase a person, for good. Keys and rows go in one transaction; then the files are overwritten and taken away.

    Raises ErasureDecided, SamePerson.
    """
    names = erase_rows(by=by, erasure=erasure, at=at)
    shred(names)
    erasure.refresh_from_db()
    return erasure


@action(permission="register.decide_erasure", audit=gettext_noop("person erased"))
def erase_rows(*, by: Actor, erasure: Erasure, at: datetime) -> list[str]:
    """Take out what tells who the person was; gives the names of the files that nobody can open any more."""
    found = _decided(by, erasure, allowed=True, because="", at=at)
    records = [found.person, *Person.every.filter(merged_into=found.person)]
    names: list[str] = []
    for record in records:
        names += _erase_record(record, at)
    remark(person=found.person_id, records=len(records), files=len(names), subject=f"register.erasure:{found.pk}")
    return names


def _erase_record(person: Person, at: datetime) -> list[str]:
    documents = list(Document.objects.filter(person=person))
    names = forget(documents)
    Document.objects.filter(person=person).update(told="", original_sha256="", removed_at=at)
    waiting = ImportedRow.objects.filter(batch__state__in=(ImportBatch.State.WAITING, ImportBatch.State.COLUMNS))
    waiting.filter(clean__number=person.number).delete()
    MergedRow.objects.filter(Q(merge__person=person) | Q(merge__other_person=person)).delete()
    for each in ties():
        if each.erased:
            each.model._base_manager.filter(**{each.field: person}).delete()
    nobody = scalars(SCALARS, Person())
    Person.every.filter(pk=person.pk).update(
        **nobody, number=f"erased-{secrets.token_hex(8)}", case=None, registered_at=at, changed_at=at, erased_at=at
    )
    return names


def _decided(by: Actor, erasure: Erasure, *, allowed: bool, because: str, at: datetime) -> Erasure:
    found = Erasure.objects.get(pk=erasure.pk)
    if found.decided_at is not None:
        raise ErasureDecided()
    if found.asked_by_id == by.account:
        raise SamePerson()
    found.decided_by_id, found.decided_at, found.allowed, found.because = by.account, at, allowed, because
    found.save(update_fields=["decided_by", "decided_at", "allowed", "because"])
    return found
