"""One battery for every kind of criterion that the registry finds, and the laws of the compact text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.routes.criteria import CriteriaFault, Facts, Rule, kinds, parse

CASE = Path(__file__).resolve().parents[2] / "cases" / "liberty" / "facts" / "offers.csv"
KINDS = kinds()
PRESENT = {"nationality", "earlier_residence", "family_link", "age", "sex", "status", "need"}


def values_of(kind):
    """Some values that may stand in a kind: those of its form, or numbers."""
    return [value for value, _word in kind.choices("en")] or [str(n) for n in (0, 17, 18, 60, 120)]


def examples(kind):
    return [kind(operator, (value,)) for operator in kind.operators for value in values_of(kind)[:6]]


every_kind = pytest.mark.parametrize("name", sorted(KINDS))


def test_the_registry_finds_every_kind_of_the_folder():
    assert set(KINDS) >= PRESENT


@every_kind
def test_each_kind_reads_its_own_text_back(name):
    for one in examples(KINDS[name]):
        assert parse(one.text()) == Rule(((one,),))


@every_kind
@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_each_kind_has_a_sentence_and_words_for_its_values_in_each_language(name, language):
    with override(language):
        for one in examples(KINDS[name]):
            assert one.reading(language).strip()
        assert all(str(word).strip() for _value, word in KINDS[name].choices(language))


@every_kind
def test_each_kind_has_a_label_and_an_operator(name):
    assert str(KINDS[name].label).strip() and KINDS[name].operators


@every_kind
def test_an_empty_register_meets_no_demand(name):
    """What the register does not say allows nobody. Only a demand that something be absent is met by its absence."""
    for one in examples(KINDS[name]):
        verdict = one.check(Facts())
        assert verdict.met is not True or (name, one.operator) == ("need", "not in")
        assert verdict.code


@every_kind
@pytest.mark.parametrize("value", ["nonsense", "xx", "²", "-1", "999"])
def test_an_unknown_value_is_refused(name, value):
    with pytest.raises(CriteriaFault) as fault:
        parse(f"{name} {KINDS[name].operators[0]} {value}")
    assert fault.value.mend


@every_kind
def test_an_unknown_operator_is_refused(name):
    with pytest.raises(CriteriaFault, match=name):
        parse(f"{name} = {values_of(KINDS[name])[0]}")


@pytest.mark.parametrize("text", ["zodiac in leo", "age >= 18|21", "age", "age >= 18 AND", "(age >= 18", "in in in"])
def test_what_cannot_be_read_names_its_place_and_its_mend(text):
    with pytest.raises(CriteriaFault) as fault:
        parse(text)
    assert fault.value.place and fault.value.mend


def test_no_text_is_a_rule_that_lets_everybody_be_proposed():
    assert parse("  ") == Rule() and Rule().allows(Facts())


@st.composite
def criteria(draw):
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    size = 1 if kind.single else draw(st.integers(1, 3))
    values = draw(st.lists(st.sampled_from(values_of(kind)), min_size=size, max_size=size, unique=True))
    return kind(draw(st.sampled_from(kind.operators)), tuple(values))


rules = st.lists(st.lists(criteria(), min_size=1, max_size=3).map(tuple), max_size=4).map(lambda clauses: Rule(tuple(clauses)))
facts = st.builds(
    Facts,
    nationalities=st.frozensets(st.sampled_from(["IRN", "IRQ", "XXX"])),
    ages=st.none() | st.integers(0, 100).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, 110))),
    sex=st.sampled_from(["female", "male", "unknown"]),
    status=st.sampled_from(["", "refugee", "asylum_seeker"]),
    earlier_residences=st.frozensets(st.sampled_from(["DEU", "NOR"])),
    family_links=st.frozensets(st.sampled_from(["DEU", "GBR"])),
    needs=st.frozensets(st.sampled_from(["SM-CI", "DS-PM", "ER-NF"])),
)


@given(rule=rules)
def test_every_rule_reads_its_own_text_back(rule):
    assert parse(rule.text()) == rule


@given(rule=rules, facts=facts)
def test_a_rule_allows_when_each_clause_has_an_alternative_that_is_met(rule, facts):
    by_hand = all(any(one.check(facts).met is True for one in clause) for clause in rule.clauses)
    assert rule.allows(facts) == by_hand


@given(rule=rules, facts=facts)
def test_one_more_alternative_never_shuts_anybody_out(rule, facts):
    wider = Rule(tuple((*clause, KINDS["status"]("in", ("refugee",))) for clause in rule.clauses))
    assert wider.allows(facts) or not rule.allows(facts)


@pytest.mark.parametrize(("ages", "met"), [((17, 17), False), ((18, 18), True), ((16, 20), None), ((18, 30), True), (None, None)])
def test_an_age_known_as_an_interval_must_lie_in_it_whole(ages, met):
    assert parse("age >= 18").clauses[0][0].check(Facts(ages=ages)).met is met


def test_a_category_of_needs_means_any_of_its_codes():
    assert parse("need in SM").allows(Facts(needs=frozenset({"SM-CI"})))
    assert not parse("need in SM").allows(Facts(needs=frozenset({"DS-PM"})))


@pytest.mark.parametrize("row", list(csv.DictReader(CASE.open(encoding="utf-8"))), ids=lambda row: row["id"])
def test_every_rule_of_the_bundled_case_can_be_read(row):
    rule = parse(row["criteria"])
    assert parse(rule.text()) == rule and len(rule.readings("en")) == len(rule.clauses)
