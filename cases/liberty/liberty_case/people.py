"""All residents: units drawn, numbered, housed, determined, and some of them departed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from random import Random

from liberty_case.families import IN_FAMILIES, Unit, family_unit, single, story
from liberty_case.flows import ARRIVALS, DEPARTURES, PROTECTION_NEEDS, STATES, scaled, share
from liberty_case.names import Name
from liberty_case.persons import Person
from liberty_case.shapes import Row, Table, blank

BLOCKS = tuple(f"{section}{number}" for section in "ABCDEF" for number in range(1, 9))
SMALLEST_WITH_STORY = 200
_TIED = frozenset({"germany-2013", "norway-2012", "italy-2013", "finland-2013"})


def draw_units(seed: int, residents: int, departures: bool = True) -> list[Unit]:
    """The residents as family units (a single person is a unit of one), in the order of their numbers."""
    rng = Random(f"{seed}/people")
    units = _units(rng, residents)
    told = story(rng) if residents >= SMALLEST_WITH_STORY else []
    units += told
    _number(units, residents)
    _house(rng, units)
    _arrive(rng, units, residents)
    _determine(rng, units, residents, told)
    if departures:
        _depart(rng, [unit for unit in units if unit not in told], residents)
    _urgency(rng, units, residents)
    return units


def _units(rng: Random, residents: int) -> list[Unit]:
    wanted = residents - (16 if residents >= SMALLEST_WITH_STORY else 0)
    in_families = round(wanted * IN_FAMILIES)
    units: list[Unit] = []
    people = 0
    while people < in_families and people + 5 <= wanted:
        units.append(family_unit(rng))
        people += len(units[-1])
    units += [single(rng) for _ in range(wanted - people)]
    rng.shuffle(units)
    return units


def _number(units: list[Unit], residents: int) -> None:
    width = max(4, len(str(residents)))
    family = 0
    for number, person in enumerate(chain.from_iterable(units), 1):
        person.id = f"L-{number:0{width}d}"
    for unit in units:
        if len(unit) > 1:
            family += 1
            for person in unit:
                person.family_id = f"F-{family:0{width}d}"


def _house(rng: Random, units: list[Unit]) -> None:
    for unit in units:
        block = rng.choice(BLOCKS)
        for person in unit:
            person.block = block if rng.random() < 0.6 or person.age < 18 else rng.choice(BLOCKS)


def _arrive(rng: Random, units: list[Unit], residents: int) -> None:
    sizes = scaled([people for _, people in ARRIVALS], residents)
    days = [day for (day, _), size in zip(ARRIVALS, sizes, strict=True) for _ in range(size)]
    order = list(units)
    rng.shuffle(order)
    for person, day in zip(chain.from_iterable(order), days, strict=True):
        person.arrived = day


def _determine(rng: Random, units: list[Unit], residents: int, told: list[Unit]) -> None:
    """2,023 of 3,100 need international protection; the others ask for it or are registered only."""
    wanted = share(PROTECTION_NEEDS, residents)
    order = [*told, *rng.sample(units, len(units))]
    seen: set[int] = set()
    for unit in order:
        if id(unit) not in seen and len(unit) <= wanted:
            seen.add(id(unit))
            wanted -= len(unit)
            for person in unit:
                person.protected = True
    for person in chain.from_iterable(units):
        if person.protected:
            person.status = "refugee" if rng.random() < 0.84 else "other_of_concern"
            wait = rng.randint(45, 420)
        else:
            person.status = "asylum_seeker" if rng.random() < 0.72 else "registered"
            wait = rng.randint(1, 30)
        since = date.fromisoformat(person.arrived) + timedelta(days=wait)
        person.status_since = min(since, date(2013, 12, 20)).isoformat()


def _depart(rng: Random, units: list[Unit], residents: int) -> None:
    """Whole units leave, in groups; those with a tie to the state go first where the offer is about ties."""
    sizes = scaled([people for _, people, _ in DEPARTURES], share(sum(d[1] for d in DEPARTURES), residents))
    waiting = [unit for unit in units if unit[0].protected]
    rng.shuffle(waiting)
    for (day, _, offer), size in zip(DEPARTURES, sizes, strict=True):
        first = _with_tie_first(waiting, offer)
        gone: set[int] = set()
        for unit in first:
            if size == 0:
                break
            if len(unit) <= size and all(person.arrived < day for person in unit):
                size -= len(unit)
                gone.add(id(unit))
                for person in unit:
                    person.left, person.left_by = day, offer
                    person.status_since = min(person.status_since, _before(day, 30))
        waiting = [unit for unit in waiting if id(unit) not in gone]


def _with_tie_first(waiting: list[Unit], offer: str) -> list[Unit]:
    if offer not in _TIED:
        return waiting
    return sorted(waiting, key=lambda unit: not any(person.has_tie(STATES[offer]) for person in unit))


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _urgency(rng: Random, units: list[Unit], residents: int) -> None:
    """Nine emergencies and about 110 urgent cases among 3,100, all of them people with a serious need (invented)."""
    serious = {"SM-CC", "SM-CI", "SM-MI", "DS-PS", "TR-PI", "SC-UC", "SC-SC"}
    sick = [p for p in chain.from_iterable(units) if not p.left and serious.intersection(p.needs)]
    rng.shuffle(sick)
    sick.sort(key=lambda person: "SM-CC" not in person.needs)
    emergencies, urgent = share(9, residents), share(110, residents)
    for person in sick[:emergencies]:
        person.urgency = "emergency"
    for person in sick[emergencies : emergencies + urgent]:
        person.urgency = "urgent"


def people_rows(seed: int, units: list[Unit]) -> Table:
    """The people sheet, one row a resident."""
    rng = Random(f"{seed}/spelling")
    return [_row(rng, person) for person in chain.from_iterable(units)]


def _row(rng: Random, person: Person) -> Row:
    row = blank(
        "people",
        id=person.id,
        sex=person.sex,
        birth_date=person.birth,
        nationality=person.nationality,
        family_id=person.family_id,
        relationship=person.relationship if person.family_id else "",
        specific_needs=";".join(person.needs),
        urgency=person.urgency,
        status=person.status,
        status_since=person.status_since,
        block=person.block,
        arrived_on=person.arrived,
        left_on=person.left,
        languages=";".join(person.languages),
        earlier_residence=";".join(person.residence),
        family_links=";".join(person.links),
    )
    names: tuple[tuple[str, Name | None], ...] = (
        ("given_name", person.given),
        ("family_name", person.family),
        ("father_name", person.father),
        ("grandfather_name", person.grandfather),
    )
    for column, name in names:
        if name:
            latin = name.spelt(rng)
            row[column] = latin if person.scripts == "latin" else name.fa
            row[f"{column}_other"] = latin if person.scripts == "both" else ""
    if person.alias:
        row["alias"] = person.alias.latin if person.scripts == "latin" else person.alias.fa
    return row


def family_rows(units: list[Unit]) -> Table:
    """The families sheet: every member of a unit of two or more, the head first."""
    return [
        blank(
            "families",
            family_id=person.family_id,
            person_id=person.id,
            relationship=person.relationship,
            related_to=unit[0].id if person is not unit[0] else "",
            kind=person.kind,
            disputed_by=person.disputed_by,
        )
        for unit in units
        if len(unit) > 1
        for person in unit
    ]


def departure_rows(units: list[Unit]) -> Table:
    """Who left, when, and by which offer (empty where no source names the state)."""
    gone = [person for person in chain.from_iterable(units) if person.left]
    gone.sort(key=lambda person: (person.left, person.id))
    return [blank("departures", person_id=p.id, offer_id=p.left_by, departed_on=p.left) for p in gone]
