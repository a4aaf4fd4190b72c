"""Cases taken along come back: nothing newer is overwritten, nothing is lost, a withdrawal always counts, and what both sides
changed waits for somebody who decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.access.accounts import close_account
from safeconduct.core.access.api import NotPermitted, NotYourCase, Role
from safeconduct.core.access.permissions import declared, only_what_travels
from safeconduct.core.audit import chain
from safeconduct.core.audit.models import AuditEntry
from safeconduct.register import actions
from safeconduct.register.actions.people import Record
from safeconduct.register.consents import may_leave, record_consent, withdraw_consent
from safeconduct.register.merging.actions import merge_people
from safeconduct.register.models import (
    Assignment,
    Consent,
    FamilyUnit,
    HeldChange,
    MergeReason,
    NameKey,
    Nationality,
    Need,
    Person,
    PersonName,
    Presence,
    Purpose,
    Relation,
    Travel,
    TravellingRecord,
    WhyHeld,
)
from safeconduct.register.search import search
from safeconduct.register.travelling import refusals
from safeconduct.register.travelling.actions.coming import bring_back
from safeconduct.register.travelling.actions.deciding import decide, declare_lost, print_of, stands_now
from safeconduct.register.travelling.actions.leaving import take_along
from safeconduct.register.travelling.merge import three_way
from safeconduct.register.travelling.parts import ledgers, parts
from safeconduct.register.travelling.queries import held_of, known_held, open_decisions, people_with_decisions
from safeconduct.register.travelling.reading import read_copy
from safeconduct.routes.actions.choices import Given, record_choice
from safeconduct.routes.models import Choice
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
LATER, BACK = NOON + timedelta(days=3), NOON + timedelta(days=7)
DUE = TODAY + timedelta(days=14)


@pytest.fixture
def officer(account):
    return account(Role.PROTECTION_OFFICER, username="officer").actor()


@pytest.fixture
def colleague(account):
    return account(Role.PROTECTION_OFFICER, username="colleague").actor()


def leave(officer, **more):
    return take_along(by=officer, numbers=(), due_on=DUE, at=NOON, **more)


def on_the_copy(taken, *acts):
    """What a copy brings on which these things were done: they are done here and forgotten again."""
    known = AuditEntry.objects.count()
    point = transaction.savepoint()
    for act in acts:
        act()
    brought = read_copy("default")
    transaction.savepoint_rollback(point)
    travelled = set(taken.people)
    fresh = {each.pk for each in brought.people} - set(Person.every.values_list("pk", flat=True))
    people = tuple(each for each in brought.people if each.pk in travelled | fresh)
    return replace(brought, people=people, acts=tuple(act for act in brought.acts if act.number > known))


def correct(by, who, *, at=LATER, **changed):
    """Correct a record as its form does, with all that is not named left as it stands."""
    who = Person.objects.get(pk=who.pk)
    told = {
        "number": who.number, "names": tuple(who.names.values_list("kind", "text")), "sex": who.sex, "birth": None,
        "nationalities": tuple(who.nationalities.values_list("country", flat=True)),
        "languages": tuple(who.languages.values_list("language", flat=True)),
        "needs": tuple(who.needs.filter(ends=None).values_list("code", flat=True)), "urgency": who.urgency, "status": "",
    }  # fmt: skip
    return actions.correct_person(by=by, person=who, record=Record(**{**told, **changed}), on=at.date(), at=at)


def agree(by, who, *, recipient="DEU", at=NOON, days=300):
    return record_consent(
        by=by, person=who, purpose=Purpose.SUBMISSION, recipient=recipient, scope=["identity", "birth"], starts=at.date(),
        ends=at.date() + timedelta(days=days), evidence="signed", language="fa", at=at,
    )  # fmt: skip


def goes(who, *, recipient="DEU", at=BACK):
    return may_leave([who.pk], purpose=Purpose.SUBMISSION, recipient=recipient, fields=["identity"], at=at)[who.pk].verdict.allowed


def held(**of):
    return list(HeldChange.objects.filter(**of))


def settle(by, one, *, take, at=BACK):
    one = HeldChange.objects.get(pk=one.pk)
    return decide(by=by, held=one, take=take, shown=print_of(stands_now(one)), at=at)


SLOTS = st.dictionaries(st.sampled_from("abcde"), st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=1), max_size=2))


def clean(record):
    return {slot: value for slot, value in record.items() if value}


@given(SLOTS, SLOTS, SLOTS)
def test_nothing_that_was_changed_here_is_overwritten_and_nothing_that_was_changed_there_is_lost(base, brought, stands):
    merged = three_way(base, brought, stands)
    after = clean({**stands, **merged.write})
    for slot in {*base, *brought, *stands}:
        was, came, here = base.get(slot, []), brought.get(slot, []), stands.get(slot, [])
        if here != was:
            assert after.get(slot, []) == here
        if came not in (was, here):
            assert after.get(slot, []) == came or any(clash.slot == slot and clash.brought == came for clash in merged.clashes)
        if came == was:
            assert after.get(slot, []) == here


@given(SLOTS, SLOTS, SLOTS)
def test_what_was_written_once_is_not_written_again(base, brought, stands):
    first = three_way(base, brought, stands)
    again = three_way(base, brought, {**stands, **first.write})
    assert again.write == {} and [clash.slot for clash in again.clashes] == [clash.slot for clash in first.clashes]


@given(SLOTS, SLOTS)
def test_a_copy_that_nobody_worked_on_changes_nothing(base, stands):
    merged = three_way(base, base, stands)
    assert merged.write == {} and merged.clashes == []


def test_what_only_the_copy_changed_is_in_the_register(officer):
    mina, sara = person("A-1", unit="F-1", needs=["SM-CI"], block="3"), person("A-2", given="Sara", unit="F-1")
    taken = leave(officer)
    out = bring_back(by=officer, travel=taken.travel, at=BACK, brought=on_the_copy(
        taken,
        lambda: correct(officer, mina, names=(("given", "Mina"), ("family", "Rezaei")), sex="unknown", needs=("WR-PW",),
                        nationalities=("IRN", "IRQ"), languages=("fas",), urgency="urgent"),
        lambda: actions.move_person(by=officer, person=mina, block="7", on=LATER.date(), at=LATER),
        lambda: actions.add_relation(by=officer, person=mina, other=sara, kind="sibling", starts=None, disputed_by="", at=LATER),
        lambda: agree(officer, mina, at=LATER),
    ))  # fmt: skip
    mina.refresh_from_db()
    assert (mina.sex, mina.urgency, mina.changed_at) == ("unknown", "urgent", BACK)
    assert set(PersonName.objects.filter(person=mina).values_list("kind", "text")) == {("given", "Mina"), ("family", "Rezaei")}
    assert search("Rezaei", seen_by=officer).hits[0].person == mina
    assert set(NameKey.objects.filter(person=mina).values_list("kind", flat=True)) == {"given", "family"}
    assert set(Nationality.objects.filter(person=mina).values_list("country", flat=True)) == {"IRN", "IRQ"}
    assert sorted(Presence.objects.filter(person=mina).values_list("block", "ends")) == [("3", LATER.date()), ("7", None)]
    assert {(need.code, need.ends is None) for need in Need.objects.filter(person=mina)} == {("SM-CI", False), ("WR-PW", True)}
    assert Relation.objects.get(person=mina).other_id == sara.pk and goes(mina)
    assert (out.changed, out.new, out.held, out.clock) == (1, 0, 0, None)
    assert not TravellingRecord.objects.exists() and Travel.objects.get().back_at == BACK


def test_what_both_sides_changed_waits_and_everything_else_is_merged(officer, colleague):
    mina = person("A-1", countries=["IRN"], block="3")
    taken = leave(officer)
    brought = on_the_copy(
        taken,
        lambda: correct(officer, mina, sex="unknown", urgency="urgent", nationalities=("IRN", "IRQ")),
        lambda: actions.move_person(by=officer, person=mina, block="7", on=LATER.date(), at=LATER),
    )
    correct(colleague, mina, sex="other", nationalities=("IRN", "SWE"))
    actions.move_person(by=colleague, person=mina, block="9", on=LATER.date(), at=LATER)
    out = bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    mina.refresh_from_db()
    assert (mina.sex, mina.urgency) == ("other", "urgent") and out.held == 2
    assert set(Nationality.objects.filter(person=mina).values_list("country", flat=True)) == {"IRN", "IRQ", "SWE"}
    assert Presence.objects.get(person=mina, ends=None).block == "9"
    sex, stay = held(slot="sex")[0], held(part="stays")[0]
    assert (sex.base, sex.brought, sex.stands, sex.why) == ([["female"]], [["unknown"]], [["other"]], WhyHeld.BOTH)
    settle(colleague, sex, take=False)
    settle(colleague, stay, take=True)
    mina.refresh_from_db()
    assert mina.sex == "other" and Presence.objects.get(person=mina, ends=None).block == "7"
    with pytest.raises(refusals.DecidedBefore):
        settle(colleague, sex, take=True)
    assert HeldChange.objects.filter(decided_at=None).count() == 0 and HeldChange.objects.count() == 2


def test_a_decision_is_not_taken_over_something_newer_that_was_not_seen(officer, colleague):
    mina = person("A-1")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, mina, sex="unknown"))
    correct(colleague, mina, sex="other")
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    one = held()[0]
    seen = print_of(stands_now(one))
    correct(colleague, mina, sex="male")
    with pytest.raises(refusals.ChangedSince):
        decide(by=colleague, held=one, take=True, shown=seen, at=BACK)
    settle(colleague, one, take=True)
    mina.refresh_from_db()
    assert mina.sex == "unknown"


def test_a_withdrawal_counts_whoever_carries_it_and_whatever_the_clock_of_the_copy_said(officer, colleague, administrator):
    mina = person("A-1", countries=["IRN"])
    given = agree(officer, mina)
    taken = leave(officer)
    in_the_future = BACK + timedelta(days=900)
    brought = on_the_copy(taken, lambda: withdraw_consent(by=officer, consent=given, at=in_the_future))
    agree(colleague, mina, at=LATER)  # a newer yes at home: the person said no to the same meanwhile
    with unguarded():
        Assignment.objects.update(ended_at=LATER)
    assert goes(mina)
    out = bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    assert not goes(mina) and Consent.objects.filter(withdrawal=None).count() == 0
    assert out.moments >= 1 and out.clock[1] == in_the_future and out.held == 0


def test_a_yes_of_the_copy_waits_where_the_person_took_it_back_meanwhile(officer, colleague):
    mina = person("A-1", countries=["IRN"])
    given = agree(officer, mina)
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: agree(officer, mina, at=NOON + timedelta(hours=1)))
    withdraw_consent(by=colleague, consent=given, at=LATER)
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    assert not goes(mina)
    one = held(why=WhyHeld.WITHDRAWN)[0]
    settle(colleague, one, take=True)
    assert goes(mina)


def test_a_yes_that_was_taken_back_on_the_copy_opens_nothing_here(officer):
    mina = person("A-1", countries=["IRN"])
    taken = leave(officer)

    def both():
        withdraw_consent(by=officer, consent=agree(officer, mina, at=LATER), at=LATER)

    bring_back(by=officer, travel=taken.travel, brought=on_the_copy(taken, both), at=BACK)
    assert not goes(mina) and Consent.objects.get().withdrawal.withdrawn_at == LATER


def test_a_yes_after_a_no_on_the_copy_stays_a_yes(officer):
    mina = person("A-1", countries=["IRN"])
    first = agree(officer, mina)
    taken = leave(officer)
    brought = on_the_copy(
        taken,
        lambda: withdraw_consent(by=officer, consent=first, at=LATER),
        lambda: agree(officer, mina, at=LATER + timedelta(hours=1)),
    )
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    assert goes(mina) and Consent.objects.get(pk=first.pk).withdrawal.withdrawn_at == LATER and held() == []


def test_a_yes_that_waits_is_not_written_over_a_no_that_came_after_it(officer, colleague):
    mina = person("A-1", countries=["IRN"])
    given = agree(officer, mina)
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: agree(officer, mina, at=LATER))
    with unguarded():
        Assignment.objects.update(ended_at=LATER)
        Assignment.objects.create(case=mina.case, account_id=colleague.account, since=LATER)
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    withdraw_consent(by=colleague, consent=given, at=BACK)
    with pytest.raises(refusals.WithdrawnSince):
        settle(colleague, held()[0], take=True)
    settle(colleague, held()[0], take=False)
    assert not goes(mina)


def test_an_illness_that_came_back_is_neither_shown_to_nor_decided_by_who_may_not_know_it(officer, account):
    mina = person("A-1")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, mina, needs=("SM-CI",)))
    with unguarded():
        Need.objects.create(person=mina, code="SM-CI", starts=TODAY)
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    registrar = account(Role.REGISTRAR).actor()
    assert held_of(mina, registrar, language="en") == [] and len(held_of(mina, officer, language="en")) == 1
    assert people_with_decisions(seen_by=registrar) == [] and people_with_decisions(seen_by=officer) == [(mina, 1)]
    assert open_decisions(seen_by=registrar) == 0 and open_decisions(seen_by=officer) == 1
    assert known_held(mina, registrar) == [] and len(known_held(mina, officer)) == 1
    with pytest.raises(NotPermitted):
        settle(registrar, held()[0], take=True)


def test_a_copy_is_brought_back_once_whoever_is_quick(officer):
    person("A-1")
    taken = leave(officer)
    bring_back(by=officer, travel=taken.travel, brought=on_the_copy(taken), at=BACK)
    with pytest.raises(refusals.BackBefore):
        bring_back(by=officer, travel=taken.travel, brought=on_the_copy(taken), at=BACK)


def talk(by, who, *answers, at=LATER):
    return record_choice(
        by=by, person=who, answers=answers, language="fa", read_aloud=True, present=["interviewer"], interpreter_chosen=True,
        alone=False, taken_on=at.date(), at=at,
    )  # fmt: skip


def test_the_newest_talk_counts_and_of_two_apart_somebody_says_which(officer, colleague):
    albania = offer()
    mina, sara = person("A-1"), person("A-2", given="Sara")
    choice(mina, albania)
    choice(sara, albania)
    taken = leave(officer)
    brought = on_the_copy(
        taken,
        lambda: talk(officer, mina, Given(albania, "no", None, 1), at=LATER),
        lambda: talk(officer, mina, Given(albania, "not_now", None, 1), at=LATER + timedelta(hours=1)),
        lambda: talk(officer, sara, Given(albania, "no", None, 1)),
    )
    talk(colleague, sara, Given(albania, "not_now", None, 1), at=LATER + timedelta(hours=2))
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    assert Choice.objects.get(person=mina, superseded_at=None).entries.get().answer == "not_now"
    assert Choice.objects.filter(person=mina).count() == 3
    assert Choice.objects.get(person=sara, superseded_at=None).entries.get().answer == "not_now"
    settle(colleague, held(part="choices")[0], take=True)
    assert Choice.objects.get(person=sara, superseded_at=None).entries.get().answer == "no"


def test_somebody_registered_on_the_copy_is_in_the_register_with_a_case(officer):
    mina = person("A-1", unit="F-1", relationship="head")
    taken = leave(officer)
    told = Record(
        number="A-7", names=(("given", "Leila"),), sex="female", birth=None, nationalities=("IRN",), languages=(), needs=(),
        urgency="normal", status="",
    )  # fmt: skip

    def register():
        made = actions.register_person(by=officer, record=told, block="3", arrived_on=LATER.date(), at=LATER)
        actions.join_family(by=officer, person=made, number="F-1", relationship="child", starts=None, disputed_by="", at=LATER)
        actions.add_relation(by=officer, person=mina, other=made, kind="parent", starts=None, disputed_by="", at=LATER)

    brought = on_the_copy(taken, register)
    person("A-7", given="Other")  # the number was given here meanwhile
    out = bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    leila = Person.objects.get(names__text="Leila")
    assert (leila.number, out.renumbered, out.new) == ("A-7-2", [("A-7", "A-7-2")], 1)
    assert leila.case == Person.objects.get(pk=mina.pk).case and leila.memberships.get().family.number == "F-1"
    assert leila.registered_at == LATER and Relation.objects.get(person=mina).other_id == leila.pk
    assert FamilyUnit.objects.count() == 1


def test_a_second_head_of_a_family_waits(officer, colleague):
    mina, sara = person("A-1"), person("A-2", given="Sara")
    taken = leave(officer)

    def join(by, who):
        actions.join_family(by=by, person=who, number="F-8", relationship="head", starts=None, disputed_by="", at=LATER)

    brought = on_the_copy(taken, lambda: join(officer, mina))
    join(colleague, sara)
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    one = held()[0]
    assert (one.part, one.why) == ("families", WhyHeld.CLASH) and not mina.memberships.exists()
    with pytest.raises(refusals.StillClashes):
        settle(colleague, one, take=True)


def test_what_came_back_of_a_case_that_was_taken_away_waits_for_whoever_has_it(officer, colleague):
    mina = person("A-1")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, mina, sex="unknown"), lambda: agree(officer, mina, at=LATER))
    with unguarded():
        Assignment.objects.update(ended_at=LATER)
        Assignment.objects.create(case=mina.case, account_id=colleague.account, since=LATER)
    out = bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    assert out.held == 2 and {one.why for one in held()} == {WhyHeld.NOT_YOURS}
    with pytest.raises(NotYourCase):
        settle(officer, held(part="person")[0], take=True)
    for one in held():
        settle(colleague, one, take=True)
    mina.refresh_from_db()
    assert mina.sex == "unknown" and Consent.objects.filter(person=mina).exists()


def test_a_supervisor_brings_back_for_an_account_that_was_closed_and_everything_waits(officer, account, administrator):
    mina = person("A-1")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, mina, sex="unknown"))
    close_account(by=administrator, account=taken.travel.account, at=LATER)
    stranger, supervisor = account(Role.INTERVIEWER).actor(), account(Role.SUPERVISOR).actor()
    with pytest.raises(refusals.NotTheTravellers):
        bring_back(by=stranger, travel=taken.travel, brought=brought, at=BACK)
    bring_back(by=supervisor, travel=taken.travel, brought=brought, at=BACK)
    assert [one.why for one in held()] == [WhyHeld.NO_RIGHT]


def test_what_came_back_of_a_record_that_was_merged_waits_at_the_one_that_stands(officer, colleague):
    mina, again = person("A-1"), person("B-2")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, again, sex="unknown"))
    merge_people(by=colleague, person=mina, other=again, take={}, reason=MergeReason.SAID, at=LATER)
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    one = held()[0]
    assert (one.person_id, one.why) == (mina.pk, WhyHeld.MERGED)
    settle(colleague, one, take=True)
    mina.refresh_from_db()
    assert mina.sex == "unknown"


def test_of_somebody_who_was_erased_meanwhile_nothing_comes_back(officer):
    mina = person("A-1", given="Mina")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, mina, sex="unknown"))
    with unguarded():
        PersonName.objects.filter(person=mina).delete()
        Person.objects.filter(pk=mina.pk).update(erased_at=LATER, number="-", sex="unknown")
        TravellingRecord.objects.all().delete()
    out = bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    assert out.erased == 1 and held() == [] and not PersonName.objects.filter(person=mina).exists()


def test_only_what_the_account_may_see_goes_along(account):
    mina, other = person("A-1", needs=["SM-CI"], links=["SWE"]), person("X-9", team=None)
    nurse = account(Role.REGISTRAR, username="r").actor()  # sees needs but not which illness, and no relatives abroad
    with unguarded():
        Relation.objects.create(person=mina, other=other, kind="sibling")
        choice(mina, offer())
    taken = leave(nurse)
    rows = {type(row).__name__: row for row in taken.rows}
    tables = {type(row).__name__ for row in taken.rows}
    assert taken.people == (mina.pk,)
    assert not {"Need", "FamilyLink", "Choice", "ChoiceEntry", "Relation", "Document", "Team"} & tables
    assert {"Person", "PersonName", "Offer", "Assignment", "Travel"} <= tables and rows["Assignment"].account_id == nurse.account


def test_colleagues_are_on_a_copy_without_a_name(officer, colleague):
    mina = person("A-1", countries=["IRN"])
    agree(colleague, mina)
    taken = leave(officer)
    accounts = {row.pk: row for row in taken.rows if type(row).__name__ == "Account"}
    assert accounts[colleague.account].username == f"colleague-{colleague.account}"
    assert not accounts[colleague.account].is_active and accounts[officer.account].username == "officer"


def test_what_is_not_ones_own_does_not_travel_and_one_copy_is_out_at_a_time(officer, account):
    person("X-9", team=None)
    with pytest.raises(refusals.NoCases):
        leave(officer)
    mina = person("A-1")
    taken = leave(officer)
    with pytest.raises(refusals.StillOut):
        leave(officer)
    declare_lost(by=officer, travel=taken.travel, at=LATER)
    with pytest.raises(refusals.NotOut):
        declare_lost(by=officer, travel=taken.travel, at=LATER)
    with pytest.raises(refusals.LostCopy):
        bring_back(
            by=officer, travel=taken.travel, brought=on_the_copy(taken, lambda: correct(officer, mina, sex="other")), at=BACK
        )
    assert leave(officer).people == (mina.pk,)


def test_the_chain_tells_what_was_done_on_the_copy_by_whom_and_when_its_clock_said(officer):
    mina = person("A-1")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, mina, sex="unknown"))
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    told = AuditEntry.objects.get(actor=f"copy:{officer.account}")
    assert (told.act, told.subject) == ("person corrected", f"register.person:{mina.pk}") and LATER.isoformat() in told.facts
    assert chain.verify(anchored=False)[1] == []


def test_a_decision_needs_the_right_to_record_such_a_thing(officer, colleague, account):
    mina = person("A-1")
    taken = leave(officer)
    brought = on_the_copy(taken, lambda: correct(officer, mina, sex="unknown"))
    correct(colleague, mina, sex="other")
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    with pytest.raises(NotPermitted):
        settle(account(Role.MEDICAL_OFFICER).actor(), held()[0], take=True)


def test_on_a_copy_nobody_exports_plans_imports_or_runs_anything(officer):
    try:
        only_what_travels(True)
        held_there = {code for code in declared() if any(replace(officer, roles=frozenset({role})).may(code) for role in Role)}
    finally:
        only_what_travels(False)
    assert held_there == {
        "access.see_roles", "access.sign_in", "flows.see_today", "register.decide_best_interests", "register.record_consent",
        "register.register", "register.see_case", "register.see_medical_needs", "register.see_needs", "register.see_people",
        "register.see_relatives_abroad", "routes.mark_pairs", "routes.record_choices", "routes.see_choices",
        "routes.see_eligibility", "routes.see_offers", "signin.own_factors", "storage.lock_site",
    }  # fmt: skip


def test_every_part_and_ledger_names_rights_that_exist():
    for each in (*parts().values(), *ledgers().values()):
        assert {each.see, each.write} <= set(declared()) and declared()[each.see].travels and declared()[each.write].travels
    assert list(ledgers()) == ["consents", "withdrawals", "choices"]


def _seen(pages, *texts):
    return all(text in pages for text in texts)


def test_the_pages_show_both_sides_and_take_a_decision(client, account, colleague):
    who = account(Role.PROTECTION_OFFICER, username="officer")
    officer = who.actor()
    mina = person("A-1", born=date(1960, 5, 1))
    taken = leave(officer)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    assert _seen(client.get("/travelling/").content.decode(), "out until")
    brought = on_the_copy(taken, lambda: correct(officer, mina, sex="unknown"))
    correct(colleague, mina, sex="other")
    bring_back(by=officer, travel=taken.travel, brought=brought, at=BACK)
    assert _seen(client.get("/travelling/").content.decode(), "A-1", "back")
    assert "What a travelling copy brought of one person waits" in client.get("/").content.decode()
    assert "waits for a decision" in client.get(f"/people/{mina.pk}/").content.decode()
    page = client.get(f"/people/{mina.pk}/brought/").content.decode()
    assert _seen(page, "female", "not recorded", "other", "it was changed here too")
    one = held()[0]
    stale = client.post(f"/people/{mina.pk}/brought/", {"held": one.pk, "take": "brought", "shown": "x"})
    assert stale.status_code == 422
    done = client.post(f"/people/{mina.pk}/brought/", {"held": one.pk, "take": "brought", "shown": print_of(stands_now(one))})
    assert done.status_code == 302
    mina.refresh_from_db()
    assert mina.sex == "unknown"
    assert "what came back was written" in client.get(f"/people/{mina.pk}/brought/").content.decode()


def test_a_copy_is_declared_lost_on_a_page_that_asks_once_more(client, account):
    who = account(Role.PROTECTION_OFFICER, username="officer")
    person("A-1")
    taken = leave(who.actor())
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/travelling/{taken.travel.pk}/lost/"
    assert client.get(address).status_code == 200
    client.post(address, {"confirmed": "yes"})
    assert Travel.objects.get().lost_at is not None and not TravellingRecord.objects.exists()
