"""The ledger of consents on a travelling copy.

A withdrawal counts whoever carries it, and at once; a yes that was recorded on the copy waits where the person took the same yes
back here meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_date
from safeconduct.register.consents import take_back
from safeconduct.register.merging.steps import field_of, stored
from safeconduct.register.models import Consent, ConsentWithdrawal, HeldChange, Person, Purpose, WhyHeld
from safeconduct.register.showing import recipient_name
from safeconduct.register.travelling.entering import Entering
from safeconduct.register.travelling.parts import Ledger
from safeconduct.register.travelling.refusals import WithdrawnSince


def _rows(people: Collection[UUID], alias: str) -> list[models.Model]:
    found = list(Consent.objects.using(alias).filter(person__in=list(people)).order_by("recorded_at", "pk"))
    for consent in found:
        consent.document_id = None  # papers stay at home
    return list[models.Model](found)


def _entries(person: UUID, alias: str) -> list[dict[str, Any]]:
    return [stored(row) for row in _rows([person], alias)]


def _enter(entering: Entering, entry: dict[str, Any]) -> None:
    """A yes of the copy. One that was withdrawn there already opens nothing, and is written for the record."""
    taken_back_here = _taken_back(entering.person, entry, since=entering.travel.taken_at)
    if taken_back_here and entry["id"] not in entering.withdrawn:
        entering.hold(CONSENTS.name, entry["id"], WhyHeld.WITHDRAWN, [], entry, [])
        return
    _write(entering.person, entry, entering.moment(entry["recorded_at"]))
    entering.entered.append(entry["id"])


def _write(person: Person, entry: dict[str, Any], recorded_at: datetime) -> None:
    told = {name: field_of(Consent, name).to_python(value) for name, value in entry.items()}
    Consent(**{**told, "person_id": person.pk, "document_id": None, "recorded_at": recorded_at}).save(force_insert=True)


def _decide(held: HeldChange, take: bool, at: datetime) -> None:
    """A yes is not written over a no that came after it, or that nobody who decides was told of."""
    if not take:
        return
    known_of = held.travel.back_at if held.why == WhyHeld.WITHDRAWN else held.travel.taken_at
    if _taken_back(held.person, held.brought, since=known_of):
        raise WithdrawnSince()
    _write(held.person, held.brought, at)


def _taken_back(person: Person, entry: dict[str, Any], *, since: datetime | None) -> bool:
    alike = {"consent__purpose": entry["purpose"], "consent__recipient": entry["recipient"]}
    return ConsentWithdrawal.objects.filter(consent__person=person, withdrawn_at__gte=since, **alike).exists()


def _say(entry: dict[str, Any], reader: Actor, language: str) -> str:
    ends = models.DateField().to_python(entry["ends"])
    return _("Consent: %(purpose)s, to %(recipient)s, until %(day)s") % {
        "purpose": Purpose(entry["purpose"]).label, "recipient": recipient_name(entry["recipient"], language=language),
        "day": show_date(ends, language=language) if ends else "",
    }  # fmt: skip


def _withdrawal_rows(people: Collection[UUID], alias: str) -> list[models.Model]:
    return list(ConsentWithdrawal.objects.using(alias).filter(consent__person__in=list(people)).order_by("pk"))


def _withdrawal_entries(person: UUID, alias: str) -> list[dict[str, Any]]:
    return [{**stored(row), "id": stored(row)["consent_id"]} for row in _withdrawal_rows([person], alias)]


def _withdraw(entering: Entering, entry: dict[str, Any]) -> None:
    consent = Consent.objects.filter(pk=entry["id"]).first()
    if consent is None or ConsentWithdrawal.objects.filter(consent=consent).exists():
        return
    # On the copy too a withdrawal takes back all that is alike: what stands there without one was agreed to after it.
    later = set(entering.entered) - entering.withdrawn
    take_back(
        consent, at=entering.moment(entry["withdrawn_at"]), told=entry["told"], account=entering.travel.account_id, later=later
    )


CONSENTS = Ledger(
    "consents", gettext_lazy("Consents"), "register.see_case", "register.record_consent", _rows, _entries, _enter, _decide, _say
)
WITHDRAWALS = Ledger(
    "withdrawals", gettext_lazy("Withdrawals of consents"), "register.see_case", "register.record_consent", _withdrawal_rows,
    _withdrawal_entries, _withdraw, None, lambda entry, reader, language: "",
)  # fmt: skip
