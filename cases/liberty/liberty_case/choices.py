"""What people answered, one private talk at a time. The shares are ours; nobody published any.

Of the people present 62 in a hundred have had a talk. In about one talk of eight somebody else was in the room, so it
is provisional. In one block two dozen people later give the same new answers on one day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from random import Random

from liberty_case.families import Unit
from liberty_case.flows import STATES, share
from liberty_case.offers import SheetVersions
from liberty_case.persons import Person
from liberty_case.shapes import Row, Table, blank

CHOSEN = 0.62
BURST_BLOCK, BURST_DAY, BURST_SIZE = "C4", "2013-12-15", 24
ANSWERS = tuple[tuple[str, str], ...]  # (offer, answer), the yeses in order of preference

# First day, last day, weight: fewer talks while most did not attend (UNHCR-UPD7), more at the end of the year.
_PERIODS = (("2013-05-20", "2013-08-31", 55), ("2013-09-10", "2013-11-30", 17), ("2013-12-01", "2013-12-27", 23),
            ("2013-12-28", "2013-12-30", 5))  # fmt: skip
_Rooms = tuple[tuple[tuple[str, ...], str, int], ...]  # (who was there, interpreter chosen, weight)
_ROOMS: _Rooms = (
    (("interviewer",), "yes", 70),
    (("interviewer", "interpreter"), "yes", 18),
    (("interviewer", "interpreter"), "no", 2),
    (("interviewer", "resident"), "yes", 5),
    (("interviewer", "official"), "yes", 2),
    (("interviewer", "family"), "yes", 2),
    (("interviewer", "other"), "yes", 1),
)
_PRIVATE = _ROOMS[:2]
# How often somebody without and with a tie to the state says yes.
_LIKING = {
    "albania-2013": (0.70, 0.70),
    "germany-2013": (0.52, 0.94),
    "united-kingdom-2012": (0.02, 0.85),
    "norway-2012": (0.02, 0.85),
    "italy-2013": (0.12, 0.60),
    "finland-2013": (0.10, 0.60),
    "united-states-2012": (0.15, 0.60),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk with one person: every answer given in it, and how it was held."""

    person: str
    day: str
    answers: ANSWERS
    language: str
    aloud: str
    present: tuple[str, ...]
    interpreter_chosen: str
    alone: str


def draw_talks(seed: int, units: list[Unit], residents: int, versions: SheetVersions) -> tuple[list[Talk], list[Talk]]:
    """First talks, and later talks in which people changed their answers."""
    rng = Random(f"{seed}/choices")
    talks = _before_departure(rng, units, versions)
    first = _first_talks(rng, units)
    later = _burst(units, first, residents) + _second_thoughts(rng, first)
    return sorted(talks + first, key=_order), sorted(later, key=_order)


def draw_bulk_talks(seed: int, units: list[Unit], offers: Table) -> list[Talk]:
    """Talks about invented offers: each person who chose says yes to one to eight of them, in order."""
    rng = Random(f"{seed}/choices")
    keys = [offer["id"] for offer in offers]
    talks = []
    for unit in units:
        if rng.random() >= CHOSEN:
            continue
        wanted = tuple((key, "yes") for key in rng.sample(keys, min(rng.randint(1, 8), len(keys))))
        day = _day(rng)
        talks += [_talk(rng, person, day, wanted, len(unit) > 1) for person in unit if not person.left]
    return sorted(talks, key=_order)


def choice_rows(talks: list[Talk], versions: SheetVersions) -> Table:
    """The choices sheet: one row for each answer of each talk; the sheet's version is the one in force that day."""
    return [row for talk in talks for row in _rows(talk, versions)]


def _rows(talk: Talk, versions: SheetVersions) -> list[Row]:
    rows, rank = [], 0
    for offer, answer in talk.answers:
        rank += answer == "yes"
        rows.append(
            blank(
                "choices",
                person_id=talk.person,
                offer_id=offer,
                answer=answer,
                rank=str(rank) if answer == "yes" else "",
                alone=talk.alone,
                sheet_version=str(versions.on(offer, talk.day)),
                language=talk.language,
                read_aloud=talk.aloud,
                present=";".join(talk.present),
                interpreter_chosen=talk.interpreter_chosen,
                taken_by="interviewer",
                taken_on=talk.day,
            )
        )
    return rows


def _before_departure(rng: Random, units: list[Unit], versions: SheetVersions) -> list[Talk]:
    """Whoever left by an offer had said yes to it in private, three to seven weeks before."""
    talks = []
    for person in chain.from_iterable(units):
        if person.left_by:
            leaving = date.fromisoformat(person.left)
            day = (leaving - timedelta(days=rng.randint(10, 50))).isoformat()
            if person.left_by == "albania-2013":
                day = max(day, "2013-05-02")
            if versions.on(person.left_by, day):
                talks.append(_talk(rng, person, day, ((person.left_by, "yes"),), False, _PRIVATE))
    return talks


def _first_talks(rng: Random, units: list[Unit]) -> list[Talk]:
    """Of those present exactly the share that has chosen; families mostly on one day and with the same answers."""
    here = [[person for person in unit if not person.left] for unit in units]
    here = [unit for unit in here if unit]
    wanted = round(CHOSEN * sum(map(len, here)))
    here.sort(key=lambda unit: not any(person.story for person in unit))
    told = sum(any(person.story for person in unit) for unit in here)
    rest = here[told:]
    rng.shuffle(rest)
    talks: list[Talk] = []
    for unit in here[:told] + rest:
        if len(talks) + len(unit) <= wanted:
            talks += _unit_talks(rng, unit)
    return talks


def _unit_talks(rng: Random, unit: Unit) -> list[Talk]:
    day = _day(rng)
    common = draw_answers(rng, unit[0], day)
    talks = []
    for place, person in enumerate(unit):
        answers, rooms = common, _ROOMS
        if person.story == "family that chooses differently":
            answers, rooms = _DIVIDED[place % len(_DIVIDED)], _PRIVATE
        elif place and (rng.random() < 0.22 or not _may_return(person)):
            answers = draw_answers(rng, person, day)
        talks.append(_talk(rng, person, day, answers, len(unit) > 1, rooms))
    return talks


_DIVIDED: tuple[ANSWERS, ...] = (
    (("germany-2013", "yes"), ("albania-2013", "yes"), ("iran-return", "no")),
    (("albania-2013", "yes"), ("germany-2013", "no")),
    (("iran-return", "yes"), ("albania-2013", "not_now")),
)


def draw_answers(rng: Random, person: Person, day: str) -> ANSWERS:
    """Answers of one person: the yeses in order of preference, then noes and not-nows."""
    lot = rng.random()
    if lot < 0.045:
        return (("albania-2013", "no"), ("germany-2013", "no"))
    if lot < 0.095:
        return (("albania-2013", "not_now"),) if rng.random() < 0.5 else (("albania-2013", "not_now"), ("germany-2013", "not_now"))
    if lot < 0.125 and _may_return(person):
        more = (("albania-2013", "yes"),) if rng.random() < 0.25 else (("albania-2013", "not_now"),)
        return (("iran-return", "yes"), *more)
    liked = [(rng.random() - 2 * _tied(person, offer), offer) for offer in _LIKING if _likes(rng, person, offer)]
    yes = [offer for _, offer in sorted(liked)] or ["albania-2013"]
    if day >= "2013-12-28" and rng.random() < 0.35:
        yes.append("romania-group")
    other = [(offer, "no") for offer in ("iran-return", "albania-2013") if offer not in yes and rng.random() < 0.18]
    return (*((offer, "yes") for offer in yes), *other)


def _may_return(person: Person) -> bool:
    """A citizen who is surely grown up; a child takes no such decision here."""
    return "IRN" in person.nationality and person.age >= 21


def _tied(person: Person, offer: str) -> bool:
    return person.lived_in("GBR") if offer == "united-kingdom-2012" else person.has_tie(STATES[offer])


def _likes(rng: Random, person: Person, offer: str) -> bool:
    return rng.random() < _LIKING[offer][_tied(person, offer)]


def _talk(
    rng: Random,
    person: Person,
    day: str,
    answers: ANSWERS,
    has_family: bool,
    rooms: _Rooms = _ROOMS,
) -> Talk:
    present, chosen, _ = rng.choices(rooms, [weight for *_, weight in rooms])[0]
    language = "en" if person.scripts == "latin" else "fa"
    if present[-1] == "interpreter" or rng.random() < 0.05:
        language = next((spoken for spoken in ("ku", "ar", "en") if spoken in person.languages), language)
    alone = "yes" if has_family and person.age >= 18 and rng.random() < 0.08 else "no"
    return Talk(person.id, day, answers, language, "yes" if rng.random() < 0.7 else "no", present, chosen, alone)


def _burst(units: list[Unit], first: list[Talk], residents: int) -> list[Talk]:
    """The same new answers, on one day, from people of one block who had said yes in private."""
    block = {p.id for p in chain.from_iterable(units) if p.block == BURST_BLOCK and not p.left and not p.story}
    said_yes = [
        talk
        for talk in first
        if talk.person in block and talk.day < BURST_DAY and talk.answers[0][1] == "yes" and set(talk.present) <= _QUIET
    ]
    same: ANSWERS = (("albania-2013", "no"), ("germany-2013", "no"))
    chosen = sorted(said_yes, key=_order)[: share(BURST_SIZE, residents)]
    return [replace(talk, day=BURST_DAY, answers=same, present=("interviewer",)) for talk in chosen]


_QUIET = frozenset({"interviewer", "interpreter"})


def _second_thoughts(rng: Random, first: list[Talk]) -> list[Talk]:
    """One in thirty changes later for reasons of their own: another order, or one way less."""
    later = []
    change: tuple[Callable[[ANSWERS], ANSWERS], ...] = (_turned_round, _without_first)
    for talk in first:
        if talk.day < "2013-11-30" and len(talk.answers) > 1 and rng.random() < 0.05:
            answers = rng.choice(change)(talk.answers)
            if answers != talk.answers:
                day = date.fromisoformat(talk.day) + timedelta(days=rng.randint(14, 30))
                later.append(replace(talk, day=day.isoformat(), answers=answers, present=("interviewer",)))
    return [talk for talk in later if talk.day != BURST_DAY]


def _turned_round(answers: ANSWERS) -> ANSWERS:
    yes = tuple(answer for answer in answers if answer[1] == "yes")
    return (*reversed(yes), *(answer for answer in answers if answer[1] != "yes"))


def _without_first(answers: ANSWERS) -> ANSWERS:
    return (*answers[1:], (answers[0][0], "not_now"))


def _day(rng: Random) -> str:
    first, last, _ = rng.choices(_PERIODS, [weight for *_, weight in _PERIODS])[0]
    start = date.fromisoformat(first)
    return (start + timedelta(days=rng.randint(0, (date.fromisoformat(last) - start).days))).isoformat()


def _order(talk: Talk) -> tuple[str, str]:
    return talk.day, talk.person
