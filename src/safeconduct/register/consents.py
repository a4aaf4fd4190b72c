"""The consent ledger and the one gate `may_leave`: every way out asks it, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, Refusal, Verdict, action, remark
from safeconduct.core.access.standing import refuse_outside
from safeconduct.register.merging.consents import Overtaken, overtaken_until
from safeconduct.register.models import (
    Consent,
    ConsentWithdrawal,
    Document,
    Evidence,
    Explained,
    FieldGroup,
    Giver,
    Nationality,
    Person,
    Purpose,
)
from safeconduct.register.rules import ConsentEntry, may_be_child, may_consent
from safeconduct.register.rules import may_leave as may_leave_rule

_AT_ONCE = 500


class ConsentPeriod(Refusal):
    code = "register.consent_period"
    says = _("This consent would end before it starts.")
    mend = _("Give the first day on which it no longer holds, later than its first day.")


class ConsentTooLong(Refusal):
    code = "register.consent_too_long"
    says = _("This consent would hold for longer than %(days)s days.")
    mend = _("Give an earlier last day. Before it is over, the person can be asked again.")


class NothingAgreed(Refusal):
    code = "register.nothing_agreed"
    says = _("This consent names nothing that may go.")
    mend = _("Mark what the person agreed to. Without the names nothing can be sent.")


class WithoutEvidence(Refusal):
    code = "register.without_evidence"
    says = _("This consent does not say how the person gave it.")
    mend = _("Say whether it was signed, given by thumbprint or spoken, and before whom.")


class ChildAlone(Refusal):
    code = "register.child_alone"
    says = _("This person is or may be under 18 and cannot agree alone.")
    mend = _("Ask a parent, guardian or legal representative, and hear the child.")


class ChildNotHeard(Refusal):
    code = "register.child_not_heard"
    says = _("The child's own view was not heard.")
    mend = _("Hear the child first; then record the consent.")


class OwnState(Refusal):
    code = "register.own_state"
    says = _("This recipient is a state of which the person is a national, or the state in which the site lies.")
    mend = _("Record it only when the person said that this is known and wanted, and mark that.")


class OthersDocument(Refusal):
    code = "register.others_document"
    says = _("This document belongs to somebody else.")
    mend = _("Choose a document of this person.")


class AlreadyWithdrawn(Refusal):
    code = "register.already_withdrawn"
    says = _("This consent was withdrawn before.")


_OF_A_CHILD: dict[str, type[Refusal]] = {"child_alone": ChildAlone, "child_not_heard": ChildNotHeard}


@action(permission="register.record_consent", audit=gettext_noop("consent recorded"))
def record_consent(
    *, by: Actor, person: Person, purpose: str, recipient: str, scope: Collection[str], starts: date, ends: date, evidence: str,
    language: str, at: datetime, evidence_place: str = "", given_by: str = Giver.PERSON, views_heard: bool | None = None,
    explained: str = Explained.UNKNOWN, own_state_known: bool = False, document: Document | None = None,
) -> Consent:  # fmt: skip
    """Record a person's yes to one purpose, one recipient and some groups of fields, until a day. A renewal is a new entry.

    Raises ConsentPeriod, ConsentTooLong, NothingAgreed, WithoutEvidence, ChildAlone, ChildNotHeard or OwnState.
    Source: General Data Protection Regulation, articles 7 and 8; UNHCR, General Policy on Personal Data Protection (2022).
    """
    groups = sorted({FieldGroup(each).value for each in scope})
    _refuse_period(starts, ends)
    if not groups:
        raise NothingAgreed()
    if Evidence(evidence) == Evidence.EARLIER:
        raise WithoutEvidence()
    born = Person.objects.values_list("born_latest", flat=True).get(pk=person.pk)
    child = may_be_child(born, on=clock.day_of(at))
    verdict = may_consent(child=child, given_by=given_by, views_heard=views_heard)
    if not verdict.allowed:
        raise _OF_A_CHILD[verdict.code]()
    if recipient in _feared([person.pk])[person.pk] and not own_state_known:
        raise OwnState()
    if document is not None and document.person_id != person.pk:
        raise OthersDocument()
    remark(purpose=Purpose(purpose).value, recipient=recipient, person=person.pk, fields=groups)
    return Consent.objects.create(
        person=person, purpose=purpose, recipient=recipient, scope=groups, starts=starts, ends=ends, language=language,
        evidence=evidence, evidence_place=evidence_place, given_by=Giver(given_by), views_heard=views_heard,
        explained=Explained(explained), own_state_known=own_state_known, document=document, recorded_by_id=by.account,
        recorded_at=at,
    )  # fmt: skip


@action(permission="register.record_consent", audit=gettext_noop("consents recorded from a list"))
def record_consents(
    *, by: Actor, people: Collection[UUID], purpose: str, recipient: str, scope: Collection[str], starts: date, ends: date,
    evidence: str, language: str, views_heard: bool, at: datetime, evidence_place: str = "", explained: str = Explained.ALOUD,
    own_state_known: bool = False,
) -> int:  # fmt: skip
    """Record the same yes of many people from one signed list; for whoever is or may be a child, a guardian's.

    `views_heard`: each child on the list was heard. Whoever has an entry for that purpose and recipient, standing or
    withdrawn, is left as it is. Gives the number of new ones.
    Raises ConsentPeriod, ConsentTooLong, NothingAgreed, WithoutEvidence, ChildNotHeard or OwnState.
    """
    groups = sorted({FieldGroup(each).value for each in scope})
    _refuse_period(starts, ends)
    if not groups:
        raise NothingAgreed()
    if Evidence(evidence) == Evidence.EARLIER:
        raise WithoutEvidence()
    refuse_outside(by, "register.record_consent", [Person(pk=pk) for pk in people])
    known = set(Consent.objects.filter(purpose=purpose, recipient=recipient).values_list("person", flat=True))
    fresh = [pk for pk in people if pk not in known]
    if not own_state_known and any(recipient in states for states in _feared(fresh).values()):
        raise OwnState()
    born = dict(Person.objects.values_list("pk", "born_latest"))
    made = []
    for pk in fresh:
        child = may_be_child(born.get(pk), on=clock.day_of(at))
        if child and not views_heard:
            raise ChildNotHeard()
        made.append(Consent(
            person_id=pk, purpose=Purpose(purpose), recipient=recipient, scope=groups, starts=starts, ends=ends, language=language,
            evidence=evidence, evidence_place=evidence_place, given_by=Giver.GUARDIAN if child else Giver.PERSON,
            views_heard=True if child else None, explained=Explained(explained), own_state_known=own_state_known,
            recorded_by_id=by.account, recorded_at=at,
        ))  # fmt: skip
    Consent.objects.bulk_create(made, batch_size=2000)
    remark(purpose=Purpose(purpose).value, recipient=recipient, people=len(made), fields=groups)
    return len(made)


def _refuse_period(starts: date, ends: date) -> None:
    if ends <= starts:
        raise ConsentPeriod()
    if ends - starts > timedelta(days=settings.CONSENT_MOST_DAYS):
        raise ConsentTooLong(days=settings.CONSENT_MOST_DAYS)


@action(permission="register.record_consent", audit=gettext_noop("consent withdrawn"))
def withdraw_consent(*, by: Actor, consent: Consent, at: datetime, told: str = "") -> ConsentWithdrawal:
    """Record that the person took a consent back. From this moment nothing leaves for that purpose to that recipient.

    Every other entry for the same purpose and recipient is withdrawn with it: an older, wider yes never comes back to life.
    """
    if ConsentWithdrawal.objects.filter(consent=consent).exists():
        raise AlreadyWithdrawn()
    rows = take_back(consent, at=at, told=told, account=by.account)
    remark(consent=consent.pk, rows=len(rows))
    return rows[0]


def take_back(
    consent: Consent, *, at: datetime, told: str, account: int | None, later: Collection[str] = ()
) -> list[ConsentWithdrawal]:
    """The entries of a withdrawal: of this consent and of every other for the same purpose and recipient. Inside an action only.

    `later`: consents that the person is known to have given after it.
    """
    alike = Consent.objects.filter(
        person=consent.person_id, purpose=consent.purpose, recipient=consent.recipient, withdrawal=None
    ).exclude(pk__in=[consent.pk, *later])
    rows = [ConsentWithdrawal(consent=each, withdrawn_at=at, told=told, recorded_by_id=account) for each in [consent, *alike]]
    return ConsentWithdrawal.objects.bulk_create(rows)


@dataclass(frozen=True)
class MayLeave:
    """The gate's answer about one person: the verdict, the consent it rests on, and the groups of fields that may go."""

    verdict: Verdict
    consent: Consent | None = None
    groups: frozenset[str] = frozenset()


def may_leave(
    people: Collection[UUID], *, purpose: Purpose, recipient: str, fields: Iterable[str], at: datetime
) -> dict[UUID, MayLeave]:
    """For each person: whether anything may leave for that purpose and recipient now, and which of these groups of fields.

    Whatever leaves names its person; so without a consent to `identity` nothing does. The newest consent in force decides.
    Call it inside the action that lets something leave, or a withdrawal slips in between.
    """
    wanted, ids = frozenset(FieldGroup(each).value for each in fields), list(people)
    ledger: dict[UUID, list[Consent]] = {person: [] for person in ids}
    for start in range(0, len(ids), _AT_ONCE):
        rows = Consent.objects.filter(person__in=ids[start : start + _AT_ONCE], purpose=purpose).select_related("withdrawal")
        for consent in rows:
            ledger[consent.person_id].append(consent)
    feared, on, overtaken = _feared(ids), clock.day_of(at), overtaken_until(ids)
    return {
        person: _answer(consents, purpose, recipient, on, wanted, feared[person], overtaken.get(person))
        for person, consents in ledger.items()
    }


def _answer(
    consents: list[Consent], purpose: Purpose, recipient: str, on: date, wanted: frozenset[str], feared: frozenset[str],
    overtaken: Overtaken | None,
) -> MayLeave:  # fmt: skip
    # Newest first; of two recorded at the same moment the narrower one.
    ordered = sorted(consents, key=lambda each: (-each.recorded_at.timestamp(), len(each.scope), str(each.pk)))

    def ask(entries: list[Consent]) -> Verdict:
        return may_leave_rule(
            [entry(each, overtaken) for each in entries], purpose=purpose, recipient=recipient, on=on, fears=feared,
            required=frozenset({FieldGroup.IDENTITY.value}),
        )  # fmt: skip

    verdict = ask(ordered)
    if not verdict.allowed:
        return MayLeave(verdict)
    rests_on = next(each for each in ordered if ask([each]).allowed)
    return MayLeave(verdict, rests_on, wanted & frozenset(rests_on.scope))


def _feared(people: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """For each person the states whose authorities learn nothing by default: those of the nationality, and the site's own.

    Source: UNHCR, Advisory Opinion on the Rules of Confidentiality Regarding Asylum Information (2005).
    """
    ids = list(people)
    found: dict[UUID, set[str]] = {person: {settings.SITE_COUNTRY} for person in ids}
    for start in range(0, len(ids), _AT_ONCE):
        rows = Nationality.objects.filter(person__in=ids[start : start + _AT_ONCE]).values_list("person", "country")
        for person, country in rows:
            found[person].add(country)
    return {person: frozenset(states) for person, states in found.items()}


def entry(consent: Consent, overtaken: Overtaken | None = None) -> ConsentEntry:
    """A row of the ledger as the rule reads it; `overtaken`: what merges and splits of the record say of older entries."""
    withdrawal = getattr(consent, "withdrawal", None)
    return ConsentEntry(
        consent.purpose, consent.recipient, consent.starts, consent.ends, withdrawal.withdrawn_at if withdrawal else None,
        frozenset(consent.scope), consent.own_state_known, overtaken is not None and overtaken.counts_no_more(consent),
    )  # fmt: skip
