"""Family units of two to five, and the people whom the demonstration tells about.

That most residents live as single persons, and about one in six in a family unit, is our assumption.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from liberty_case.names import FAMILIES, MEN, ZWNJ, Name
from liberty_case.persons import JALALI_NOW, Person, draw_given, draw_person, tell_birth

Unit = list[Person]
IN_FAMILIES = 0.17


def single(rng: Random) -> Unit:
    """One person without family at the site."""
    return [draw_person(rng)]


def family_unit(rng: Random) -> Unit:
    """Siblings, couples, parents with grown children, or other relatives; the head first."""
    makers: tuple[Callable[[Random], Unit], ...] = (_siblings, _parent_and_children, _couple, _relatives)
    return rng.choices(makers, (45, 28, 20, 7))[0](rng)


def _siblings(rng: Random) -> Unit:
    head = _head(rng)
    return [head] + [_sibling(rng, head) for _ in range(rng.choices((1, 2, 3, 4), (70, 22, 7, 1))[0])]


def _parent_and_children(rng: Random) -> Unit:
    head = _head(rng, age=rng.randint(46, 72))
    return [head] + [_child(rng, head) for _ in range(rng.choices((1, 2, 3), (75, 20, 5))[0])]


def _couple(rng: Random) -> Unit:
    head = _head(rng, age=rng.randint(42, 66))
    spouse = draw_person(rng, max(head.age + rng.randint(-6, 4), 36), "male" if head.sex == "female" else "female")
    spouse.relationship = "spouse"
    unit = [head, spouse]
    if rng.random() < 0.4:
        father = head if head.sex == "male" else spouse
        for _ in range(rng.choices((1, 2, 3), (70, 25, 5))[0]):
            unit.append(_child(rng, head, father))
    return unit


def _relatives(rng: Random) -> Unit:
    head = _head(rng, age=rng.randint(45, 70))
    other = draw_person(rng, rng.randint(24, 50))
    other.family, other.relationship = head.family, "other_relative"
    other.given = draw_given(rng, other.sex, other.family)
    return [head, other]


def _head(rng: Random, age: int | None = None) -> Person:
    head = draw_person(rng, age)
    head.relationship = "head"
    return head


def _sibling(rng: Random, head: Person) -> Person:
    person = draw_person(rng, max(head.age + rng.choice((-7, -5, -4, -3, -2, 2, 3, 4, 6)), 18))
    person.family, person.father, person.grandfather = head.family, head.father, head.grandfather
    person.given = draw_given(rng, person.sex, person.family)
    person.relationship = "sibling"
    return person


def _child(rng: Random, head: Person, father: Person | None = None) -> Person:
    """A child of the head, grown up but for a few of 15 to 17; carries the father's family name."""
    age = head.age - rng.randint(22, 32)
    person = draw_person(rng, max(age, 15) if rng.random() < 0.08 else max(age, 18))
    father = father or (head if head.sex == "male" else None)
    if father:
        person.family, person.father, person.grandfather = father.family, father.given, father.father
    person.given = draw_given(rng, person.sex, person.family)
    person.residence, person.relationship = [], "child"
    return person


def story(rng: Random) -> list[Unit]:
    """Sixteen people whom the pages and tests want: children alone, twins, long names, one script only."""
    return [
        _child_alone(rng),
        _separated_child(rng),
        _twins(rng),
        [_long_name(rng, "سیدمحمدحسین علیرضا", "Seyed Mohammadhossein Alireza")],
        [_long_name(rng, f"فاطمه{ZWNJ}سادات معصومه", "Fatemeh-Sadat Masoumeh", "female")],
        *[[_in_one_script(rng, "persian")] for _ in range(4)],
        [_in_one_script(rng, "latin")],
        _hijri_birth(rng),
        _divided_family(rng),
    ]


def _child_alone(rng: Random) -> Unit:
    child = draw_person(rng, 16, "male")
    child.birth, child.story = f"{JALALI_NOW - 16}-03-11", "unaccompanied child"
    child.needs, child.residence, child.nationality = ["SC-UC"], [], "IRN"
    return [child]


def _separated_child(rng: Random) -> Unit:
    aunt = draw_person(rng, 49, "female")
    aunt.relationship, aunt.story = "head", "guardian of the separated child"
    child = draw_person(rng, 14, "female")
    child.family, child.residence, child.needs = aunt.family, [], ["SC-SC", "FU-TR"]
    child.birth, child.story = f"{JALALI_NOW - 14}-07-02", "separated child"
    child.relationship, child.kind, child.disputed_by = "other_relative", "guardian", "the father, who lives abroad"
    return [aunt, child]


def _twins(rng: Random) -> Unit:
    """Two brothers whose names and birth dates differ by a letter or nothing: two people, not one twice."""
    first = draw_person(rng, 47, "male")
    first.family = next(name for name in FAMILIES if name.latin == "Rahimzadeh")
    second = draw_person(rng, 47, "male")
    second.family, second.father, second.grandfather = first.family, first.father, first.grandfather
    by_latin = {name.latin: name for name in MEN}
    first.given, second.given = by_latin["Hassan"], by_latin["Hossein"]
    for person, relationship in ((first, "head"), (second, "sibling")):
        person.relationship, person.story, person.birth = relationship, "twin", f"{JALALI_NOW - 47}-05-20"
        person.alias, person.nationality = None, "IRN"
    return [first, second]


def _long_name(rng: Random, fa: str, latin: str, sex: str = "male") -> Person:
    person = draw_person(rng, rng.randint(45, 60), sex)
    person.given = Name(fa, latin)
    person.family = Name(f"حسینی{ZWNJ}نژاد اصفهانی{ZWNJ}پور ارجمندی", "Hosseininejad Esfahanipour Arjomandi")
    person.story = "very long name"
    return person


def _in_one_script(rng: Random, script: str) -> Person:
    person = draw_person(rng, rng.randint(40, 62))
    person.scripts, person.story = script, f"name in {script} script only"
    return person


def _hijri_birth(rng: Random) -> Unit:
    person = draw_person(rng, 57)
    person.birth, person.nationality, person.story = "ربيع الآخر ١٣٧٦", "XXX", "birth told in the Hijri calendar"
    return [person]


def _divided_family(rng: Random) -> Unit:
    """Three siblings who will not choose the same way."""
    head = _head(rng, age=55)
    unit = [head, _sibling(rng, head), _sibling(rng, head)]
    for person in unit:
        person.story, person.birth = "family that chooses differently", tell_birth(rng, person.age)
    return unit
