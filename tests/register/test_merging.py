"""Two records of one person become one and one becomes two: nothing is lost, and either is undone to the byte."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection

from safeconduct.core.access.api import NotPermitted, NotYourCase, Role
from safeconduct.core.access.permissions import roles_with
from safeconduct.register import actions
from safeconduct.register.access import visible_to
from safeconduct.register.actions.refusals import NoSuchRecord, NumberTaken
from safeconduct.register.consents import may_leave, record_consent, withdraw_consent
from safeconduct.register.merging.actions import merge_families, merge_people, split_family, split_person, undo_merge
from safeconduct.register.merging.own import PARTS
from safeconduct.register.merging.refusals import (
    FamilyNumberTaken,
    InUseSince,
    NobodyLeft,
    NothingToSplit,
    SameRecord,
    UndoLaterFirst,
    UndoneBefore,
)
from safeconduct.register.merging.ties import ties
from safeconduct.register.models import (
    BestInterestsDecision,
    FamilyUnit,
    Membership,
    Merge,
    MergedRow,
    MergeReason,
    NameKind,
    Need,
    Person,
    Presence,
    Purpose,
    Relation,
)
from safeconduct.register.search import search
from safeconduct.routes.models import Choice
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
LATER = NOON + timedelta(hours=1)
WHY = MergeReason.ENTERED_TWICE
NOT_HELD = {"audit_auditentry", "audit_anchor", "register_merge", "register_mergedrow"}


@pytest.fixture
def officer(account):
    return account(Role.PROTECTION_OFFICER, username="officer").actor()


def everything():
    """Every row of every table, but the audit chain and the record of merges itself."""
    held = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.db_table not in NOT_HELD and model._meta.app_label in ("register", "routes", "plans", "departures"):
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                held[model._meta.db_table] = sorted(map(repr, cursor.fetchall()))
    return held


def twice():
    """One woman registered twice, each time a little differently, in two families, with what hangs on each record."""
    sister = person("S-1", given="Sara", unit="F-9")
    one = person("A-1", unit="F-1", relationship="head", needs=["SM-CI", "WR-PW"], countries=["IRN"], lived=["DEU"], block="3")
    two = person(
        "B-2", given="مینا", family="کریمی", father="حسن", unit="F-2", needs=["SM-CI", "DS-PM"], countries=["IRN", "IRQ"],
        lived=["DEU", "SWE"], links=["SWE"], block="5", status="asylum_seeker", urgency="urgent", born=date(1961, 5, 1),
    )  # fmt: skip
    albania = offer()
    choice(one, albania)
    choice(two, no=[albania])
    with unguarded():
        Choice.objects.filter(person=two).update(recorded_at=LATER)
        Presence.objects.create(person=two, block="4", starts=date(2012, 3, 1), ends=date(2012, 9, 16))
        Need.objects.create(person=two, code="SM-CI", starts=date(2011, 1, 1), ends=date(2011, 5, 1))
        Relation.objects.create(person=one, other=sister, kind="sibling")
        Relation.objects.create(person=two, other=sister, kind="sibling")
        Relation.objects.create(person=sister, other=two, kind="guardian")
        Relation.objects.create(person=one, other=two, kind="other_relative")
        BestInterestsDecision.objects.create(person=two, decided_on=TODAY, own_views_heard=True)
    return one, two, sister, albania


def found(words, officer):
    return [hit.person for hit in search(words, seen_by=officer).hits]


def merged(officer, one, two, **take):
    return merge_people(by=officer, person=one, other=two, take=take, reason=WHY, at=LATER)


def test_a_merge_that_is_undone_leaves_every_table_as_it_was(officer):
    one, two, *_ = twice()
    for take in ({}, dict.fromkeys(PARTS, "other")):
        before = everything()
        merge = merged(officer, one, two, **take)
        assert everything() != before
        undone = undo_merge(by=officer, merge=merge, at=LATER)
        assert undone.stayed == 0 and undone.undone_at == LATER
        assert everything() == before


def test_after_a_merge_one_record_holds_what_both_held_and_stands_alone(officer):
    one, two, sister, _albania = twice()
    merged(officer, one, two, birth="other", urgency="other", place="other")
    one.refresh_from_db()
    assert set(visible_to(officer)) == {one, sister}
    assert (one.born_earliest, one.urgency, one.sex) == (date(1961, 5, 1), "urgent", "female")
    assert [stay.block for stay in one.presences.filter(ends=None)] == ["5"]
    assert set(one.needs.filter(ends=None).values_list("code", flat=True)) == {"SM-CI", "WR-PW", "DS-PM"}
    assert one.needs.exclude(ends=None).count() == 1, "what ended goes over too"
    assert set(one.nationalities.values_list("country", flat=True)) == {"IRN", "IRQ"}
    assert sorted(one.earlier_residences.values_list("country", flat=True)) == ["DEU", "SWE"]
    assert one.memberships.get(ends=None).family.number == "F-1"
    assert one.statuses.get(ends=None).status == "refugee"
    assert one.best_interests.count() == 1
    assert sorted((r.person.number, r.kind, r.other.number) for r in Relation.objects.all()) == [
        ("A-1", "sibling", "S-1"), ("S-1", "guardian", "A-1"),
    ]  # fmt: skip
    assert not Presence.objects.filter(person=two).exists() and not Membership.objects.filter(person=two, ends=None).exists()


def test_a_search_finds_the_one_record_under_the_names_of_both(officer):
    one, two = person("A-1", given="Mina", family="Karimi"), person("B-2", given="Zohreh", family="Karimi")
    merged(officer, one, two)
    for words in ("Mina Karimi", "Zohreh Karimi"):
        assert found(words, officer)[:1] == [one], words
    assert set(one.names.values_list("kind", "text")) == {
        ("given", "Mina"), ("family", "Karimi"), ("father", "Hasan"), (NameKind.ALIAS, "Zohreh"),
    }  # fmt: skip


def test_the_names_of_the_other_record_hold_where_the_officer_says_so(officer):
    one, two = person("A-1", given="Mina", father=""), person("B-2", given="Zohreh", father="")
    merged(officer, one, two, names="other")
    assert set(one.names.values_list("kind", "text")) == {("given", "Zohreh"), ("family", "Karimi"), (NameKind.ALIAS, "Mina")}


def test_of_two_choices_the_newest_talk_counts_and_the_other_stays(officer):
    one, two, _sister, _albania = twice()
    merged(officer, one, two)
    counts = Choice.objects.get(person=one, superseded_at=None)
    assert [entry.answer for entry in counts.entries.all()] == ["no"], "the later talk was under the other number"
    assert Choice.objects.filter(person=one).count() == 2


def test_what_was_written_since_a_merge_is_not_overwritten_when_it_is_undone(officer):
    one, two, *_ = twice()
    merge = merged(officer, one, two, urgency="other", place="other")
    actions.move_person(by=officer, person=one, block="8", on=date(2013, 12, 30), at=LATER)
    with unguarded():
        Person.objects.filter(pk=one.pk).update(urgency="emergency")
        one.needs.filter(code="DS-PM").update(ends=date(2013, 12, 30))
        one.names.filter(kind=NameKind.ALIAS).delete()
    undone = undo_merge(by=officer, merge=merge, at=LATER)
    one.refresh_from_db()
    assert one.urgency == "emergency" and one.presences.get(ends=None).block == "8"
    assert Need.objects.get(person=two, code="DS-PM").ends == date(2013, 12, 30), "a newer entry goes back with its row"
    assert set(two.names.values_list("text", flat=True)) == {"مینا", "کریمی", "حسن"}, "even what was deleted since comes back"
    assert undone.stayed == 2, "the urgency, and the place that the record had before"


def test_merges_are_undone_in_the_reverse_of_their_order_and_once(officer):
    one, two, three = person("A-1"), person("B-2"), person("C-3")
    first = merged(officer, two, three)
    second = merge_people(by=officer, person=one, other=two, take={}, reason=WHY, at=LATER + timedelta(minutes=1))
    assert Person.every.get(pk=three.pk).merged_into == one, "no record stands behind another that is out of sight"
    with pytest.raises((UndoLaterFirst, NotYourCase)):
        undo_merge(by=officer, merge=first, at=LATER)
    undo_merge(by=officer, merge=second, at=LATER)
    undo_merge(by=officer, merge=first, at=LATER)
    assert {one, two, three} <= set(visible_to(officer))
    with pytest.raises(UndoneBefore):
        undo_merge(by=officer, merge=first, at=LATER)


def test_whoever_merges_has_both_cases(officer, account):
    one, foreign = person("A-1"), person("B-2", team="Others")
    for pair in ((one, foreign), (foreign, one)):
        with pytest.raises(NotYourCase):
            merged(officer, *pair)
    for role in set(Role) - set(roles_with("register.merge")):
        with pytest.raises(NotPermitted):
            merged(account(role).actor(), one, person())
    with pytest.raises(SameRecord):
        merged(officer, one, one)
    two = person("D-4")
    merged(officer, one, two)
    with pytest.raises((NoSuchRecord, NotYourCase)):
        merged(officer, one, two)


def test_the_number_of_a_merged_record_is_nobody_elses(officer):
    one, two = person("A-1"), person("B-2")
    merged(officer, one, two)
    record = actions.people.Record(
        number="B-2", names=(("given", "Nobody"),), sex="female", birth=None, nationalities=(), languages=(), needs=(),
        urgency="normal", status="",
    )  # fmt: skip
    with pytest.raises(NumberTaken):
        actions.register_person(by=officer, record=record, block="1", arrived_on=None, at=LATER)


def agreed(officer, who, at=NOON):
    return record_consent(
        by=officer, person=who, purpose=Purpose.SUBMISSION, recipient="DEU", scope=["identity"], starts=TODAY - timedelta(days=9),
        ends=TODAY + timedelta(days=90), evidence="signed", language="fa", at=at,
    )  # fmt: skip


def leaves(who):
    answer = may_leave([who.pk], purpose=Purpose.SUBMISSION, recipient="DEU", fields=["identity"], at=LATER)[who.pk]
    return answer.verdict.code or "yes"


def test_consents_under_the_other_number_are_asked_for_again_and_a_withdrawal_there_counts_here(officer):
    one, two = person("A-1"), person("B-2")
    agreed(officer, two)
    merge = merged(officer, one, two)
    assert leaves(one) == "never_asked"
    undo_merge(by=officer, merge=merge, at=LATER)
    agreed(officer, one)
    withdraw_consent(by=officer, consent=two.consents.get(), at=NOON + timedelta(minutes=5))
    assert leaves(one) == "yes"
    merge = merged(officer, one, two)
    assert leaves(one) == "ask_again"
    assert leaves(two) in ("withdrawn", "ask_again")
    agreed(officer, one, at=LATER)
    assert leaves(one) == "yes"


def test_a_split_gives_each_person_their_own_and_asks_for_consent_again(officer):
    mixed = person("A-1", given="Mina", needs=["SM-CI", "WR-PW"], countries=["IRN", "IRQ"], unit="F-1")
    with unguarded():
        other_name = mixed.names.create(kind=NameKind.GIVEN, script="Latn", text="Zohreh")
        other_family = mixed.names.create(kind=NameKind.FAMILY, script="Latn", text="Ahmadi")
    agreed(officer, mixed)
    before = everything()
    rows = [other_name, other_family, mixed.needs.get(code="WR-PW"), mixed.nationalities.get(country="IRQ")]
    split = split_person(
        by=officer, person=mixed, number="N-7", rows=rows, give={"birth": "other", "sex": "both"}, here=True,
        reason=MergeReason.MIXED, at=LATER,
    )  # fmt: skip
    fresh = Person.objects.get(number="N-7")
    mixed.refresh_from_db()
    assert (fresh.sex, fresh.born_earliest, mixed.sex, mixed.born_earliest) == ("female", date(1960, 5, 1), "female", None)
    assert set(fresh.needs.values_list("code", flat=True)) == {"WR-PW"} and fresh.case == mixed.case
    assert set(fresh.nationalities.values_list("country", flat=True)) == {"IRQ"}
    assert fresh.presences.get().block == mixed.presences.get().block
    assert found("Zohreh Ahmadi", officer)[:1] == [fresh]
    assert leaves(mixed) == "ask_again" and leaves(fresh) == "never_asked"
    undone = undo_merge(by=officer, merge=split, at=LATER)
    assert undone.stayed == 0 and everything() == before and leaves(mixed) == "yes"


def test_a_split_is_refused_without_a_name_on_either_side_or_with_a_taken_number(officer):
    mixed, _other = person("A-1"), person("B-2")
    every_name = list(mixed.names.all())

    def split(number, rows):
        split_person(by=officer, person=mixed, number=number, rows=rows, give={}, here=False, reason=WHY, at=LATER)

    for rows in ([], every_name):
        with pytest.raises(NothingToSplit):
            split("N-7", rows)
    with pytest.raises(NumberTaken):
        split("B-2", every_name[:1])


def test_a_split_is_not_undone_over_what_was_recorded_since(officer):
    mixed = person("A-1")
    split = split_person(
        by=officer, person=mixed, number="N-7", rows=list(mixed.names.all())[:1], give={}, here=True, reason=WHY, at=LATER
    )
    fresh = Person.objects.get(number="N-7")
    agreed(officer, fresh)
    held = everything()
    with pytest.raises(InUseSince):
        undo_merge(by=officer, merge=split, at=LATER)
    assert everything() == held


def test_families_are_merged_and_split_and_either_is_undone(officer):
    for number, unit, relationship in (("A-1", "F-1", "head"), ("A-2", "F-1", "child"), ("B-1", "F-2", "head")):
        person(number, unit=unit, relationship=relationship)
    one, two = FamilyUnit.objects.get(number="F-1"), FamilyUnit.objects.get(number="F-2")
    before = everything()
    merge = merge_families(by=officer, family=one, other=two, head="other", reason=WHY, at=LATER)
    assert {m.person.number: m.relationship for m in Membership.objects.filter(family=one)} == {
        "A-1": "other_relative", "A-2": "child", "B-1": "head",
    }  # fmt: skip
    assert list(FamilyUnit.objects.all()) == [one]
    joined = actions.join_family(
        by=officer, person=person("A-9"), number="F-2", relationship="child", starts=None, disputed_by="", at=LATER
    )
    assert joined.family == one, "whoever names the old number means the family that holds"
    with unguarded():
        joined.delete()
    undo_merge(by=officer, merge=merge, at=LATER)
    assert {k: v for k, v in everything().items() if "family" in k or "membership" in k} == {
        k: v for k, v in before.items() if "family" in k or "membership" in k
    }

    before = everything()
    child = Membership.objects.get(person__number="A-2")
    split = split_family(by=officer, family=one, number="F-3", members=[child], reason=WHY, at=LATER)
    assert Membership.objects.get(person__number="A-2").family.number == "F-3"
    undo_merge(by=officer, merge=split, at=LATER)
    assert everything() == before
    for members in ([], list(Membership.objects.filter(family=one))):
        with pytest.raises(NobodyLeft):
            split_family(by=officer, family=one, number="F-3", members=members, reason=WHY, at=LATER)
    with pytest.raises(FamilyNumberTaken):
        split_family(by=officer, family=one, number="F-2", members=[child], reason=WHY, at=LATER)


def test_families_of_another_team_are_not_merged(officer):
    person("A-1", unit="F-1")
    person("B-1", unit="F-2", team="Others")
    one, two = FamilyUnit.objects.get(number="F-1"), FamilyUnit.objects.get(number="F-2")
    with pytest.raises(NotYourCase):
        merge_families(by=officer, family=one, other=two, head="this", reason=WHY, at=LATER)


def test_every_table_that_holds_something_of_a_person_says_what_a_merge_does_with_it():
    said = {(each.model._meta.label_lower, each.field) for each in ties()}
    held = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.remote_field is not None and field.remote_field.model is Person
    }
    assert said == held


def test_every_step_of_a_merge_keeps_the_whole_row_as_it_stood(officer):
    one, two, *_ = twice()
    merge = merged(officer, one, two)
    for step in MergedRow.objects.filter(merge=merge):
        assert step.before is None or {f.attname for f in apps.get_model(step.table)._meta.concrete_fields} == set(step.before)
    assert Merge.objects.get().done_by_id == officer.account
