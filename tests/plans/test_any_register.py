"""Whatever stands in the register: a plan is held against the hard rules, written down a second time and read from the tables."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import keep_plan
from safeconduct.plans.compute import compute
from safeconduct.register.models import BestInterestsDecision, Person, Relation
from safeconduct.routes.models import InformationSheet, Mark, Offer, StatusEntry
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = pytest.mark.django_db
CHILD = date(2003, 1, 1)
KEYS = ("a", "b", "home")
days = st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n))


def seldom(strategy, otherwise=None):
    """Mostly the plain case: where everything is odd, nobody is placed and no rule is tried."""
    return st.integers(0, 4).flatmap(lambda n: strategy if n == 4 else st.just(otherwise))


OFFER = st.fixed_dictionaries({
    "status": seldom(st.sampled_from(["confirmed", "announced", "closed"]), "open"),
    "later": seldom(st.tuples(st.sampled_from(["open", "suspended", "closed"]), days, st.booleans())),
    "quota": st.none() | st.integers(1, 8), "used": seldom(st.integers(0, 2), 0), "medical": seldom(st.integers(0, 1)),
    "reserved": seldom(st.integers(0, 2), 0), "minimum": seldom(st.integers(0, 3), 0), "opens": seldom(days),
    "closes": seldom(days), "second_sheet": seldom(days),
})  # fmt: skip
SOMEBODY = st.fixed_dictionaries({
    "unit": st.sampled_from([None, "F-1", "F-1", "F-2"]), "child": st.booleans(), "here": seldom(st.just(False), True),
    "needs": st.sampled_from([(), (), ("SC-SC",), ("SM-CI",)]), "links": seldom(st.just(("ALB",)), ()),
    "wishes": seldom(st.none() | st.lists(st.sampled_from(KEYS), unique=True, max_size=3), list(KEYS)),
    "alone": seldom(st.just(True), False), "version": seldom(st.just(2), 1),
    "present": seldom(st.sampled_from([("interviewer", "family"), ()]), ("interviewer",)),
    "decision": st.none() | st.fixed_dictionaries(
        {name: st.booleans() for name in ("allows_plan", "allows_family_split", "allows_return", "own_views_heard")}
        | {"decided_on": days}
    ),
    "mark": seldom(st.tuples(st.sampled_from(["pin", "bar"]), st.sampled_from(KEYS))), "guards": seldom(st.integers(0, 5)),
})  # fmt: skip


@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(offers=st.tuples(OFFER, OFFER, OFFER), people=st.lists(SOMEBODY, min_size=1, max_size=6))
def test_no_plan_breaks_a_hard_rule(offers, people, account):
    before = transaction.savepoint()
    try:
        officer = account(Role.RESETTLEMENT_OFFICER)
        _write(offers, people, officer)
        _hold(keep_plan(by=officer.actor(), computed=compute(on=TODAY), at=NOON))
    finally:
        transaction.savepoint_rollback(before)


def _write(offers, people, officer):
    for key, told in zip(KEYS, offers, strict=True):
        quota = told["quota"]
        fits = (lambda n: n) if quota is None else (lambda n, quota=quota: min(n, quota))
        window = sorted(day for day in (told["opens"], told["closes"]) if day)
        opens, closes = window if len(window) == 2 else (told["opens"], told["closes"])
        made = offer(
            key, status=told["status"], quota=quota, used=told["used"], reserved_for_links=fits(told["reserved"]),
            minimum_fill=fits(told["minimum"]), medical_quota=None if told["medical"] is None else fits(told["medical"]),
            opens_on=opens, closes_on=closes, kind="voluntary_repatriation" if key == "home" else "humanitarian_transfer",
        )  # fmt: skip
        with unguarded():
            if told["later"]:
                status, on, counts = told["later"]
                StatusEntry.objects.create(offer=made, status=status, on=on, counts=counts, source_text="a letter")
            if told["second_sheet"]:
                InformationSheet.objects.create(offer=made, version=2, published_on=told["second_sheet"])
    by_key = {each.key: each for each in Offer.objects.all()}
    made = [
        person(unit=p["unit"], born=CHILD if p["child"] else date(1970, 1, 1), needs=p["needs"], links=p["links"], here=p["here"])
        for p in people
    ]
    for who, p in zip(made, people, strict=True):
        if p["wishes"] is not None:
            wanted = [by_key[key] for key in p["wishes"]]
            refused = [by_key[key] for key in KEYS if key not in p["wishes"]]
            choice(who, *wanted, no=refused, present=p["present"], alone=p["alone"], version=p["version"], taken_on=TODAY)
        with unguarded():
            if p["decision"]:
                BestInterestsDecision.objects.create(person=who, **p["decision"])
            if p["mark"]:
                kind, key = p["mark"]
                Mark.objects.create(person=who, offer=by_key[key], kind=kind, reason="r", made_by=officer, made_at=NOON)
            if p["guards"] is not None and p["guards"] < len(made) and made[p["guards"]] != who:
                Relation.objects.create(person=who, other=made[p["guards"]], kind="guardian")


def _hold(plan):
    given_to = {row.person: row.offer for row in plan.assignments.select_related("person", "offer") if row.offer}
    units = {row.person: row.unit for row in plan.assignments.select_related("person")}
    for who, to in given_to.items():
        together = [other for other in given_to if units[other] == units[who]]
        assert {given_to[other] for other in together} == {to}
        assert who.presences.filter(ends=None).exists()
        assert who.child is False or any(not other.child for other in together) or _decided(who, "allows_plan")
        if not (who.child and any(not other.child for other in together)):
            _chose(who, to)
            assert to.kind != "voluntary_repatriation" or not who.child or _decided(who, "allows_return")
        if who.needs.filter(code="SC-SC").exists() and who.child:
            assert _decided(who, "allows_plan")
            assert to.kind != "voluntary_repatriation" or _decided(who, "allows_return")
        assert not who.marks.filter(offer=to, kind="bar").exists()
        pins = {mark.offer for other in together for mark in other.marks.filter(kind="pin")}
        assert not pins or to in pins
        _parts_nobody(who, together)
    for to, row in ((row.offer, row) for row in plan.offers.select_related("offer")):
        _has_room(to, row, [who for who in given_to if given_to[who] == to], units)
    assert {row.offer.pk for row in plan.offers.all()} >= {to.pk for to in given_to.values()}


def _decided(child, what):
    """What the newest decision of today says, heard children only."""
    newest = child.best_interests.filter(decided_on__lte=TODAY).order_by("-decided_on", "-pk").first()
    return newest is not None and getattr(newest, what) and newest.own_views_heard


def _chose(who, to):
    talk = who.choices.get(superseded_at=None)
    assert talk.present and set(talk.present) <= {"interviewer", "interpreter"}
    entry = talk.entries.get(offer=to)
    newest = to.sheets.filter(published_on__lte=TODAY).order_by("-version").first()
    assert entry.answer == "yes" and entry.sheet == newest and newest.published_on <= talk.taken_on


def _parts_nobody(who, together):
    membership = who.memberships.filter(ends=None).first()
    family = [] if membership is None else [m.person for m in membership.family.memberships.filter(ends=None)]
    left = [p for p in family if p not in together and p.presences.filter(ends=None).exists()]
    for other in left:
        mine, theirs = (p.choices.filter(superseded_at=None, alone=True).exists() for p in (who, other))
        assert mine or theirs or (other.child and _decided(other, "allows_family_split"))
    if who.child and left and not any(not p.child for p in together):
        assert _decided(who, "allows_plan")
    for ward in (r.other for r in who.relations.filter(kind="guardian") if r.other.child):
        if ward.presences.filter(ends=None).exists() and ward not in together:
            assert _decided(ward, "allows_family_split")


def _has_room(to, row, people, units):
    entries = to.statuses.filter(on__lte=TODAY, counts=True).order_by("on", "pk")
    if people:
        assert entries.last().status in ("confirmed", "open")
        if to.minimum_fill:  # people decide in private until the last day
            assert to.closes_on < TODAY
        else:
            assert (to.opens_on or TODAY) <= TODAY <= (to.closes_on or TODAY)
        assert len(people) >= to.minimum_fill
    if to.quota is not None:
        left = max(to.quota - to.used, 0)
        open_to_all = 0
        for _unit, members in groupby(sorted(people, key=units.get), key=units.get):
            members = list(members)
            open_to_all += 0 if any(p.family_links.filter(country="ALB").exists() for p in members) else len(members)
        assert len(people) <= left and open_to_all <= max(left - to.reserved_for_links, 0)
    if to.medical_quota is not None:
        assert sum(p.needs.filter(code="SM-CI").exists() for p in people) <= to.medical_quota
    assert row.planned == len(people)


@pytest.fixture(autouse=True)
def _whether_a_child(monkeypatch):
    monkeypatch.setattr(Person, "child", property(lambda who: who.born_latest == CHILD), raising=False)
