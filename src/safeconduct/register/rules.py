"""The rules of the register as pure functions over plain values. Each names the standard that demands it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from safeconduct.core.access.verdicts import Verdict, allowed, refused

ADULT = 18
NEEDS_OF_CHILDREN = ("CR-", "SC-")
UNACCOMPANIED_OR_SEPARATED = frozenset({"SC-UC", "SC-SC"})


@dataclass(frozen=True)
class ConsentEntry:
    """One entry of the consent ledger, as the gate reads it."""

    purpose: str
    recipient: str
    starts: date
    ends: date
    withdrawn_at: datetime | None = None
    scope: frozenset[str] = frozenset()
    own_state_known: bool = False
    overtaken: bool = False  # the record was split since, or merged with one under which the person withdrew


def may_leave(
    entries: Iterable[ConsentEntry], *, purpose: str, recipient: str, on: date, fears: frozenset[str] = frozenset(),
    required: frozenset[str] = frozenset(),
) -> Verdict:  # fmt: skip
    """Nothing about a person leaves without a consent in force for that purpose and that recipient, on that day.

    `entries` come newest first: the newest in force decides, so that a narrower renewal narrows. `fears` are the states whose
    authorities learn nothing unless the person knows that it is they; `required` are groups of fields without which nothing
    is sent at all.
    Source: UNHCR, General Policy on Personal Data Protection and Privacy (2022); ICRC, Rules on Personal Data Protection.
    """
    for_purpose = [entry for entry in entries if entry.purpose == purpose]
    if not for_purpose:
        return refused("never_asked")
    for_recipient = [entry for entry in for_purpose if entry.recipient == recipient]
    if not for_recipient:
        return refused("asked_for_another_recipient")
    # A withdrawal on record counts even when its moment is later: whoever waited for the lock reads an older clock.
    standing = [entry for entry in for_recipient if entry.withdrawn_at is None]
    if not standing:
        return refused("withdrawn")
    standing = [entry for entry in standing if not entry.overtaken]
    if not standing:
        return refused("ask_again")
    decides = next((entry for entry in standing if entry.starts <= on < entry.ends), None)
    if decides is None:
        return refused("not_in_force")
    if recipient in fears and not decides.own_state_known:
        return refused("own_state_not_confirmed")
    return allowed() if required <= decides.scope else refused("scope_too_narrow")


def may_consent(*, child: bool, given_by: str, views_heard: bool | None) -> Verdict:
    """For a child somebody responsible agrees, and the child's own view was heard.

    Source: Convention on the Rights of the Child, article 12; General Data Protection Regulation, article 8; UNHCR, General
    Policy on Personal Data Protection and Privacy (2022).
    """
    if child and given_by == "person":
        return refused("child_alone")
    return refused("child_not_heard") if child and not views_heard else allowed()


def may_be_child(born_latest: date | None, *, on: date) -> bool:
    """Whether a person may be under 18: an age in doubt is read in favour of childhood.

    Source: Committee on the Rights of the Child, General Comment 6 (2005), paragraph 31(i).
    """
    return born_latest is not None and whole_years(born_latest, on) < ADULT


def is_child(born_latest: date | None, *, needs: Iterable[str], on: date) -> bool:
    """Whether a person is treated as a child: by an age in doubt, or without a birth date by a need that only a child has.

    Source: Committee on the Rights of the Child, General Comment 6 (2005), paragraph 31(i).
    """
    if born_latest is None:
        return any(code.startswith(NEEDS_OF_CHILDREN) for code in needs)
    return may_be_child(born_latest, on=on)


def is_unaccompanied_or_separated(*, child: bool, needs: Iterable[str], adults_in_family: int, has_guardian: bool) -> bool:
    """Whether a child is unaccompanied or separated: recorded so, or without any adult of the family or guardian.

    Source: UNHCR, Best Interests Procedure Guidelines (2021), glossary.
    """
    if not child:
        return False
    return bool(UNACCOMPANIED_OR_SEPARATED.intersection(needs)) or (adults_in_family == 0 and not has_guardian)


def may_enter_plan(*, unaccompanied: bool, decision_allows: bool, own_views_heard: bool) -> Verdict:
    """An unaccompanied or separated child enters no plan, family split or return without a decision and own views.

    Source: Convention on the Rights of the Child, articles 3 and 12; UNHCR, Best Interests Procedure Guidelines (2021).
    """
    if not unaccompanied:
        return allowed()
    if not decision_allows:
        return refused("no_best_interests_decision")
    return allowed() if own_views_heard else refused("own_views_not_heard")


def whole_years(born: date, on: date) -> int:
    """Completed years of life on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def consent_state(entry: ConsentEntry, *, on: date, at: datetime) -> str:
    """Where one consent stands: withdrawn, ask_again, not_yet, ended, or in_force. Only the last lets anything leave."""
    if entry.withdrawn_at is not None and entry.withdrawn_at <= at:
        return "withdrawn"
    if entry.overtaken:
        return "ask_again"
    if on < entry.starts:
        return "not_yet"
    return "in_force" if on < entry.ends else "ended"
