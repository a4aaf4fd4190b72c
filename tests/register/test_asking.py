"""Who is met by the words of a search, and how: the rules of one statement, on both databases."""

from __future__ import annotations

import pytest

from safeconduct.core.access.api import Actor, Role
from safeconduct.engines.linkage.names import key_groups
from safeconduct.register.asking import MOST_WORDS, Met, who_meets
from safeconduct.register.search import search
from tests import factory

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def met(text: str, most: int = 50) -> dict[str, Met]:
    """Number → how the person meets the words."""
    from safeconduct.register.models import Person

    found = who_meets(key_groups(text), most=most, seen_by=Actor.setting_up([Role.REGISTRAR]))
    numbers = dict(Person.objects.filter(pk__in=found).values_list("pk", "number"))
    return {numbers[person]: how for person, how in found.items()}


@pytest.fixture
def people():
    factory.person("own", given="Mina", family="Karimi", father="Hasan")
    factory.person("by-father", given="Nader", family="Karimi", father="Mina")
    factory.person("persian", given="مینا", family="کریمی", father="رضا")
    factory.person("given-only", given="Mina", family="Zand", father="Hasan")
    factory.person("family-only", given="Bahram", family="Karimi", father="Omid")
    factory.person("other", given="Vida", family="Goudarzi", father="Omid")


def test_all_words_are_met_in_the_own_name_first_then_with_a_forefathers(people):
    assert met("Mina Karimi") == {"own": Met.OWN_NAME, "persian": Met.OWN_NAME, "by-father": Met.ALL}
    assert list(met("Mina Karimi"))[-1] == "by-father"


def test_the_order_and_the_script_of_the_words_do_not_matter(people):
    assert met("کریمی مینا") == met("Mina Karimi") == met("karimi MINA")


def test_one_word_is_met_by_every_kind_of_name_the_own_first(people):
    assert met("Mina") == {"own": Met.OWN_NAME, "persian": Met.OWN_NAME, "given-only": Met.OWN_NAME, "by-father": Met.ALL}


def test_three_words_meet_whoever_has_all_of_them(people):
    assert met("Mina Hasan Karimi") == {"own": Met.ALL}


def test_where_somebody_has_all_words_nobody_with_a_slip_or_a_word_fewer_is_looked_for(people):
    assert "family-only" not in met("Mina Karimi")
    factory.person("slip", given="Mina", family="Kamiri")
    assert "slip" not in met("Mina Karimi")


def test_where_nobody_has_all_words_a_slip_in_one_of_them_is_forgiven(people):
    found = met("Vida Gourdazi")
    assert found == {"other": Met.NEARLY}


def test_a_slip_stands_before_a_word_that_is_lacking(people):
    factory.person("lacking", given="Vida", family="Shirazi")
    assert met("Vida Gourdazi") == {"other": Met.NEARLY, "lacking": Met.ALL_BUT_ONE}
    assert next(iter(met("Vida Gourdazi"))) == "other"


def test_with_no_word_right_nobody_is_met_and_with_one_whoever_has_it(people):
    assert met("Nkzm Qwrtpsd") == {}
    assert met("Vida Qwrtpsd") == {"other": Met.ALL_BUT_ONE}


def test_one_word_that_nobody_has_meets_nobody_but_by_a_slip(people):
    assert met("Qwrtpsd") == {}
    assert met("Gourdazi") == {"other": Met.NEARLY}


def test_no_more_are_found_than_asked_for_and_those_are_the_best(people):
    assert set(met("Mina Karimi", most=2)) == {"own", "persian"}


def test_nobody_stands_twice_however_many_keys_are_met():
    factory.person("joined", given="Mohammad Reza", family="Mohammadi", father="Mohammadreza")
    assert met("Mohammad Reza") == {"joined": Met.OWN_NAME}


def test_words_past_the_sixth_are_not_asked_for():
    factory.person("six", given="Mina Vida Zari", family="Karimi Zand", father="Hasan")
    assert MOST_WORDS == 6
    assert met("Mina Vida Zari Karimi Zand Hasan Bahram") == {"six": Met.ALL}


def test_whichever_word_is_the_rarest_the_same_people_are_found():
    for n in range(8):
        factory.person(f"ali-{n}", given="Ali", family=("Zand", "Sarvari", "Ahangar", "Bayat")[n % 4], father="Omid")
    factory.person("wanted", given="Ali", family="Goudarzi", father="Omid")
    assert met("Ali Goudarzi") == met("Goudarzi Ali") == {"wanted": Met.OWN_NAME}
    assert set(met("Zand Ali")) == {"ali-0", "ali-4"}


def test_the_hits_of_a_search_stand_by_likeness_and_say_in_what_they_fall_short(people, account):
    actor = account(Role.REGISTRAR).actor()
    found = search("Mina Karimi", seen_by=actor)
    assert found.hits[0].person.number == "own"
    assert not found.slip and not found.lacking
    lacking = search("Vida Qwrtpsd", seen_by=actor)
    assert [hit.person.number for hit in lacking.hits] == ["other"]
    assert lacking.lacking and not lacking.slip


def test_who_may_not_see_people_finds_nobody(people, account):
    assert search("Mina Karimi", seen_by=account(Role.ADMINISTRATOR).actor()).hits == []
