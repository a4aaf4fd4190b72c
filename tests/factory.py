"""Invented people, offers and choices for tests, written straight into the tables."""

from __future__ import annotations

import contextlib
import itertools
from datetime import UTC, date, datetime

from safeconduct.core.access import guard
from safeconduct.core.access.models import Team
from safeconduct.core.audit.api import forget
from safeconduct.register.models import (
    Assignment,
    Case,
    EarlierResidence,
    FamilyLink,
    FamilyUnit,
    Membership,
    Nationality,
    Need,
    Person,
    PersonName,
    Presence,
    ProtectionStatus,
)
from safeconduct.register.names import key_rows, script_of
from safeconduct.routes.models import Choice, ChoiceEntry, InformationSheet, Offer, SheetSection, StatusEntry

NOON = datetime(2013, 12, 31, 9, 0, tzinfo=UTC)
TODAY = date(2013, 12, 31)
_count = itertools.count(1)
_cases = itertools.count(1_000_000)
EVERYBODY = "Everybody"


@contextlib.contextmanager
def unguarded():
    """Write as a fixture does, outside actions and without an entry."""
    yield from guard._set("off")
    forget()


def person(
    number="", *, given="Mina", family="Karimi", father="Hasan", born=date(1960, 5, 1), sex="female", unit=None,
    relationship="other_relative", needs=(), status="refugee", countries=("IRN",), lived=(), links=(), here=True, block="1",
    urgency="normal", team=EVERYBODY,
):  # fmt: skip
    """Somebody at the site, in a case of a team; `team` None: of nobody."""
    with unguarded():
        made = Person.objects.create(
            number=number or f"T-{next(_count):04d}", sex=sex, born_earliest=born, born_latest=born, birth_precision="day",
            urgency=urgency, registered_at=NOON, changed_at=NOON,
        )  # fmt: skip
        names = [(kind, text) for kind, text in (("given", given), ("family", family), ("father", father)) if text]
        PersonName.objects.bulk_create(PersonName(person=made, kind=k, script=script_of(t), text=t) for k, t in names)
        key_model = key_rows(made.pk, names)
        type(key_model[0]).objects.bulk_create(key_model) if key_model else None
        Nationality.objects.bulk_create(Nationality(person=made, country=c) for c in countries)
        EarlierResidence.objects.bulk_create(EarlierResidence(person=made, country=c) for c in lived)
        FamilyLink.objects.bulk_create(FamilyLink(person=made, country=c, kinship="sibling") for c in links)
        Need.objects.bulk_create(Need(person=made, code=c) for c in needs)
        if status:
            ProtectionStatus.objects.create(person=made, status=status)
        Presence.objects.create(person=made, block=block, starts=date(2012, 9, 16), ends=None if here else date(2013, 6, 1))
        if unit:
            found, _new = FamilyUnit.objects.get_or_create(number=unit)
            Membership.objects.create(person=made, family=found, relationship=relationship)
        made.case = case_of(made, team=team)
        made.save(update_fields=["case"])
        return made


def case_of(who, *, team=EVERYBODY, account=None):
    """The case of somebody: the family's, or a new one; given to a team or an account, or to nobody."""
    unit = Membership.objects.filter(person=who, ends=None).values_list("family", flat=True).first()
    beside = Membership.objects.filter(family=unit, ends=None).exclude(person__case=None).select_related("person").first()
    if unit and beside:
        return beside.person.case
    made = Case.objects.create(number=next(_cases), opened_at=NOON)
    if account or team:
        to = {"account": account} if account else {"team": the_team(team)}
        Assignment.objects.create(case=made, since=NOON, **to)
    return made


def the_team(name=EVERYBODY):
    """A team of a name; the one of everybody takes new cases."""
    with unguarded():
        found, _new = Team.objects.get_or_create(name=name, defaults={"opened_at": NOON, "takes_new": name == EVERYBODY})
    return found


def offer(key="albania", *, status="open", quota=10, kind="humanitarian_transfer", destination="ALB", sheet=True, **values):
    """An offer with its status and one information sheet."""
    with unguarded():
        made = Offer.objects.create(
            key=key, title=values.pop("title", key.title()), provider=values.pop("provider", "A state"),
            destination=destination, kind=kind, quota=quota, changed_at=NOON, **values,
        )  # fmt: skip
        StatusEntry.objects.create(offer=made, status=status, on=date(2013, 3, 16), source_text="a letter")
        if sheet:
            published = InformationSheet.objects.create(offer=made, version=1, published_on=date(2013, 4, 1))
            SheetSection.objects.create(
                sheet=published,
                position=1,
                kind="exclusions",
                en="Nobody is excluded.",
                fa="هیچ‌کس مستثنا نیست.",
                ar="لا أحد مستثنى.",
            )
        return made


def choice(
    who,
    *offers,
    no=(),
    present=("interviewer",),
    alone=False,
    version=1,
    taken_on=date(2013, 12, 1),
    interpreter_chosen=True,
):
    """What somebody chose, first wish first."""
    with unguarded():
        Choice.objects.filter(person=who, superseded_at=None).update(superseded_at=NOON)
        made = Choice.objects.create(
            person=who, taken_on=taken_on, language="fa", present=list(present), interpreter_chosen=interpreter_chosen,
            alone=alone, recorded_at=NOON,
        )  # fmt: skip
        for rank, wanted in enumerate(offers, 1):
            sheet = InformationSheet.objects.filter(offer=wanted, version=version).first()
            ChoiceEntry.objects.create(choice=made, offer=wanted, answer="yes", rank=rank, sheet=sheet)
        for refused in no:
            sheet = InformationSheet.objects.filter(offer=refused, version=version).first()
            ChoiceEntry.objects.create(choice=made, offer=refused, answer="no", sheet=sheet)
        return made
