"""What is read together in one question is what each table would have said by itself."""

from __future__ import annotations

from datetime import date

import pytest

from safeconduct.register.models import BestInterestsDecision, Membership, Person, Presence
from safeconduct.register.queries import _OF_A_PERSON
from safeconduct.register.together import read_together
from tests.factory import TODAY, person, unguarded

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def told(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_every_list_holds_the_same_rows_in_the_same_order(django_assert_num_queries, account):
    one = person("T-1", given="مینا", needs=["WR-PW", "SM-CI"], countries=["IRQ", "IRN"], lived=["DEU"], links=["SWE"], unit="F-1")
    two = person("T-2", status="")
    with unguarded():
        Presence.objects.create(person=one, block="", starts=None, ends=date(2012, 1, 1))
        for day, heard in ((date(2012, 1, 1), True), (TODAY, False), (date(2013, 1, 1), True)):
            BestInterestsDecision.objects.create(person=one, decided_on=day, own_views_heard=heard, allows_plan=not heard)
    people = list(Person.objects.order_by("number"))
    with django_assert_num_queries(1):
        read_together(people, *_OF_A_PERSON)
    with django_assert_num_queries(0):
        read = {(each.pk, name): [told(row) for row in getattr(each, name).all()] for each in people for name in _OF_A_PERSON}
        assert people[0].memberships.all()[0].family.number == "F-1"
    for pk in (one.pk, two.pk):
        for name in _OF_A_PERSON:
            alone = getattr(Person.objects.get(pk=pk), name)
            assert read[pk, name] == [told(row) for row in alone.all()], name
    assert Membership.objects.get() == people[0].memberships.all()[0] and read[two.pk, "statuses"] == []
    read_together([], *_OF_A_PERSON)
