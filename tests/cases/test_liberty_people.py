"""The invented part of the bundled case: shapes, shares, families, departures, choices."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest

from tests.cases.liberty import CASE, built, facts, make, module

PEOPLE = """id given_name family_name father_name grandfather_name alias given_name_other family_name_other
father_name_other grandfather_name_other sex birth_date nationality family_id relationship specific_needs urgency status
status_since block arrived_on left_on languages earlier_residence family_links""".split()  # noqa: SIM905
FAMILIES = ["family_id", "person_id", "relationship", "related_to", "kind", "starts", "ends", "disputed_by"]
OFFERS = """id title title_fa title_ar provider destination kind quota medical_quota reserved_for_links minimum_fill
opens_on closes_on status status_on status_source conditions conditions_fa conditions_ar exclusions exclusions_fa
exclusions_ar unknowns unknowns_fa unknowns_ar guarantor supervising_body legal_basis assumed criteria
used""".split()  # noqa: SIM905
CHOICES = """person_id offer_id answer rank alone sheet_version language read_aloud present interpreter_chosen taken_by
taken_on""".split()  # noqa: SIM905

# Office-holders and political figures of the time whose names our lists could form. Public names only.
PUBLIC_NAMES = {
    ("محسن", "رضایی"), ("عبدالله", "نوری"), ("اکبر", "هاشمی"), ("مهدی", "کریمی"), ("محمدرضا", "رحیمی"),
    ("محمدعلی", "جعفری"), ("میرحسین", "موسوی"), ("صدیقه", "حسینی"), ("عباس", "داوری"),
    ("محمود", "احمدی‌نژاد"), ("حسن", "روحانی"), ("مسعود", "رجوی"), ("مریم", "رجوی"), ("علی", "خامنه‌ای"),
}  # fmt: skip


def people() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in built()["people"]}


def present() -> dict[str, dict[str, str]]:
    return {key: row for key, row in people().items() if not row["left_on"]}


def talks(sheet: str = "choices") -> dict[tuple[str, str], list[dict[str, str]]]:
    grouped = defaultdict(list)
    for row in built()[sheet]:
        grouped[row["person_id"], row["taken_on"]].append(row)
    return dict(grouped)


def about_age(person: dict[str, str]) -> tuple[int, int]:
    dates = pytest.importorskip("safeconduct.core.dates")
    the_day = date(2013, 12, 31)
    return dates.age_on(dates.read_birth_date(person["birth_date"], today=the_day), the_day)


@pytest.mark.parametrize(
    ("sheet", "columns"),
    [("people", PEOPLE), ("families", FAMILIES), ("offers", OFFERS), ("choices", CHOICES), ("choices_later", CHOICES)],
)
def test_sheets_have_the_canonical_columns_and_no_other(sheet, columns):
    assert list(module("liberty_case.shapes").COLUMNS[sheet]) == columns
    assert all(list(row) == columns for row in built()[sheet])


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    runs = []
    for name, hashes in (("one", "0"), ("two", "1")):
        out = tmp_path / name
        subprocess.run(
            [sys.executable, str(CASE / "build.py"), "--seed", "7", "--people", "400", "--out", str(out)],
            check=True, capture_output=True, env={"PYTHONHASHSEED": hashes},
        )  # fmt: skip
        runs.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert runs[0] == runs[1]
    assert "SYNTHETIC" in runs[0]["SYNTHETIC.txt"].decode()


def test_another_seed_gives_other_people():
    assert make(seed=1, people=300)["people"] != make(seed=2, people=300)["people"]


@pytest.mark.parametrize("size", [1, 2, 5, 17, 199, 200, 1000])
def test_a_register_has_exactly_as_many_people_as_asked(size):
    sheets = make(seed=3, people=size)
    assert len({row["id"] for row in sheets["people"]}) == size


def test_less_than_one_person_or_offer_is_refused():
    with pytest.raises(ValueError):
        make(people=0)
    with pytest.raises(ValueError):
        make(people=10, offers=0)


def test_every_person_has_a_number_of_his_own_that_says_nothing():
    assert len(people()) == len(built()["people"]) == 3100
    assert all(key[:2] == "L-" and key[2:].isdigit() for key in people())


def test_no_person_carries_the_name_of_a_public_figure():
    names = module("liberty_case.names")
    assert not {(row["given_name"], row["family_name"]) for row in built()["people"]} & PUBLIC_NAMES
    possible = {(given.fa, family.fa) for given in (*names.MEN, *names.WOMEN) for family in names.FAMILIES}
    assert (PUBLIC_NAMES & possible) <= names.PUBLIC_FIGURES


def test_names_stand_in_both_scripts_but_for_the_few_that_are_told_of():
    one_script = [row for row in built()["people"] if not row["given_name_other"]]
    assert len(one_script) == 5
    for row in built()["people"]:
        if row["given_name_other"]:
            assert row["given_name_other"].isascii() and not row["given_name"].isascii()


def test_shares_are_those_the_readme_tells():
    rows = list(people().values())
    assert 0.30 <= sum(row["sex"] == "female" for row in rows) / len(rows) <= 0.37
    assert 0.15 <= sum(bool(row["family_id"]) for row in rows) / len(rows) <= 0.20
    assert sum(row["status"] in {"refugee", "other_of_concern"} for row in rows) == 2023
    assert 0.10 <= sum(bool(row["specific_needs"]) for row in rows) / len(rows) <= 0.20
    assert 0.94 <= sum(row["nationality"] == "IRN" for row in rows) / len(rows) <= 0.98
    assert Counter(row["urgency"] for row in present().values()) == {"normal": 2670, "urgent": 110, "emergency": 9}


def test_every_birth_date_can_be_read_and_most_people_are_45_to_60():
    ages = [about_age(row) for row in built()["people"]]
    middle = [(low + high) / 2 for low, high in ages]
    assert 0.6 <= sum(45 <= age <= 60.5 for age in middle) / len(middle) <= 0.75
    assert sum(high < 18 for _, high in ages) == 3


def test_departures_reach_the_published_totals_on_their_days():
    left = sorted(row["left_on"] for row in built()["people"] if row["left_on"])
    reached = {day: sum(one <= day for one in left) for day in (
        "2013-02-28", "2013-05-15", "2013-05-31", "2013-06-21", "2013-10-23", "2013-12-31")}  # fmt: skip
    assert reached == {"2013-02-28": 7, "2013-05-15": 21, "2013-05-31": 51, "2013-06-21": 78, "2013-10-23": 240,
                       "2013-12-31": 311}  # fmt: skip
    by_offer = Counter(row["offer_id"] for row in built()["departures"])
    assert by_offer["albania-2013"] == 199


def test_nobody_leaves_before_coming_or_without_a_determination():
    for row in people().values():
        if row["left_on"]:
            assert row["arrived_on"] < row["left_on"] and row["status_since"] < row["left_on"]
            assert row["status"] in {"refugee", "other_of_concern"}
    gone = {row["person_id"]: row["departed_on"] for row in built()["departures"]}
    assert gone == {key: row["left_on"] for key, row in people().items() if row["left_on"]}


def test_a_family_has_one_head_who_is_there_and_two_to_five_members():
    members = defaultdict(list)
    for row in built()["families"]:
        members[row["family_id"]].append(row)
        assert people()[row["person_id"]]["family_id"] == row["family_id"]
        assert people()[row["person_id"]]["relationship"] == row["relationship"]
    assert set(members) == {row["family_id"] for row in people().values() if row["family_id"]}
    for rows in members.values():
        heads = [row["person_id"] for row in rows if row["relationship"] == "head"]
        assert len(heads) == 1 and 2 <= len(rows) <= 5
        assert all(row["related_to"] == heads[0] for row in rows if row["relationship"] != "head")


def test_children_are_younger_than_the_head_by_at_least_fourteen_years_and_siblings_by_no_more():
    head_of = {row["family_id"]: row["person_id"] for row in built()["families"] if row["relationship"] == "head"}
    for row in built()["families"]:
        if row["relationship"] in {"child", "sibling"}:
            low, high = about_age(people()[row["person_id"]])
            head_low, head_high = about_age(people()[head_of[row["family_id"]]])
            if row["relationship"] == "child":
                assert head_high - low >= 14, row
            else:
                assert abs((low + high) - (head_low + head_high)) / 2 <= 14, row


def test_every_specific_need_is_a_code_that_the_register_knows():
    register = pytest.importorskip("safeconduct.register.api")
    codes = {code for row in people().values() for code in row["specific_needs"].split(";") if code}
    assert len(codes) > 10 and all(register.need_label(code) for code in codes)


def test_a_guardianship_is_disputed_and_the_children_alone_have_the_codes_for_it():
    disputed = [row for row in built()["families"] if row["kind"] == "guardian"]
    assert len(disputed) == 1 and disputed[0]["disputed_by"]
    needs = [row["specific_needs"].split(";") for row in people().values()]
    assert sum("SC-UC" in each for each in needs) == sum("SC-SC" in each for each in needs) == 1


def test_twins_are_two_people_with_all_but_one_name():
    rows = [row for row in people().values() if row["family_name"] == "رحیم‌زاده" and row["family_id"]]
    alike = defaultdict(set)
    for row in rows:
        alike[row["family_id"], row["birth_date"], row["father_name"]].add(row["given_name"])
    assert {"حسن", "حسین"} in alike.values()


def test_of_the_people_present_62_in_a_hundred_have_chosen():
    chosen = {row["person_id"] for row in built()["choices"]} & present().keys()
    assert abs(len(chosen) / len(present()) - 0.62) < 0.005


def test_a_talk_is_one_talk_and_ranks_its_yeses_from_one():
    for sheet in ("choices", "choices_later"):
        for rows in talks(sheet).values():
            for column in ("alone", "language", "read_aloud", "present", "interpreter_chosen", "taken_by"):
                assert len({row[column] for row in rows}) == 1
            assert len({row["offer_id"] for row in rows}) == len(rows)
            ranks = [row["rank"] for row in rows if row["answer"] == "yes"]
            assert ranks == [str(rank) for rank in range(1, len(ranks) + 1)]
            assert all(row["rank"] == "" for row in rows if row["answer"] != "yes")


def test_nobody_has_two_first_talks_and_who_left_had_chosen_that_offer_before():
    first = [person for person, _ in talks()]
    assert len(first) == len(set(first))
    said = {(row["person_id"], row["offer_id"]): row for row in built()["choices"]}
    for row in built()["departures"]:
        if row["offer_id"]:
            choice = said[row["person_id"], row["offer_id"]]
            assert choice["answer"] == "yes" and choice["taken_on"] < row["departed_on"]


def test_nobody_answers_on_a_sheet_that_did_not_exist_that_day():
    versions = module("liberty_case.offers").SheetVersions.of_case()
    seen = Counter()
    for row in built()["choices"] + built()["choices_later"]:
        newest = versions.on(row["offer_id"], row["taken_on"])
        assert 1 <= int(row["sheet_version"]) <= newest, row
        seen[row["offer_id"], row["sheet_version"]] += 1
    assert seen["albania-2013", "1"] and seen["albania-2013", "2"]


def test_some_talks_are_provisional_because_of_who_was_in_the_room():
    def provisional(rows: list[dict[str, str]]) -> bool:
        others = set(rows[0]["present"].split(";")) - {"interviewer", "interpreter"}
        return bool(others) or rows[0]["interpreter_chosen"] == "no"

    part = sum(map(provisional, talks().values())) / len(talks())
    assert 0.07 <= part <= 0.14


def test_in_one_block_two_dozen_people_give_the_same_new_answers_on_one_day():
    burst = {key: rows for key, rows in talks("choices_later").items() if key[1] == "2013-12-15"}
    assert len(burst) == 24
    assert {people()[person]["block"] for person, _ in burst} == {"C4"}
    assert {tuple((row["offer_id"], row["answer"]) for row in rows) for rows in burst.values()} == {
        (("albania-2013", "no"), ("germany-2013", "no"))
    }
    before = {person: rows for (person, _), rows in talks().items()}
    assert all(before[person][0]["answer"] == "yes" for person, _ in burst)


def test_members_of_some_families_choose_differently():
    first_choice = {row["person_id"]: row["offer_id"] for row in built()["choices"] if row["rank"] == "1"}
    by_family = defaultdict(set)
    for person, offer in first_choice.items():
        if people()[person]["family_id"] and not people()[person]["left_on"]:
            by_family[people()[person]["family_id"]].add(offer)
    assert 5 <= sum(len(offers) > 1 for offers in by_family.values()) < len(by_family) / 2
    assert {"yes", "no"} == {row["alone"] for row in built()["choices"]}


def test_no_child_says_yes_to_a_return():
    asked = [row for row in built()["choices"] if row["offer_id"] == "iran-return"]
    returns = {row["person_id"] for row in asked if row["answer"] == "yes"}
    assert returns and all(about_age(people()[person])[0] >= 18 for person in returns)
    assert not any("SC-" in people()[person]["specific_needs"] for person in returns)


def test_offers_are_those_of_the_facts():
    assert [row["id"] for row in built()["offers"]] == [row["id"] for row in facts("offers")]


def test_invented_offers_for_a_benchmark_have_marks_and_are_the_ones_chosen():
    sheets = make(seed=5, people=500, offers=12)
    keys = {row["id"] for row in sheets["offers"]}
    assert len(keys) == 12 and all("quota" in row["assumed"] for row in sheets["offers"])
    assert {row["offer_id"] for row in sheets["choices"]} <= keys
    assert {row["offer_id"] for row in sheets["departures"]} == {""}


def test_parts_in_proportion_add_up():
    scaled = module("liberty_case.flows").scaled
    rng = Random(1)
    for _ in range(200):
        counts = [rng.randint(1, 400) for _ in range(rng.randint(1, 20))]
        total = rng.randint(0, 5000)
        parts = scaled(counts, total)
        assert sum(parts) == total
        assert all(abs(part - count * total / sum(counts)) < 1 for part, count in zip(parts, counts, strict=True))
