"""The public part of the bundled case: sources, contradictions, assumptions, languages."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import pytest

from tests.cases.liberty import CASE, facts, module

FACT_FILES = ("offers", "assumptions", "offer_statuses", "offer_claims", "later", "regime", "regime_readings")
SOURCE_COLUMNS = ("source_id", "status_source", "disputed_source")
REGIME_KINDS = {"decision", "agreement", "deadline", "monitor", "mandate", "instrument"}
KINDS = {"un", "government", "party", "critic", "wire_media", "ngo", "academic", "thinktank", "parliament",
         "official_stat", "opinion", "law"}  # fmt: skip
# Numbers that a public source states for this site; every other quota must be marked as assumed.
PUBLISHED_QUOTAS = {"albania-2013": "210", "germany-2013": "100", "romania-group": "3000", "iran-return": ""}
LOADED = re.compile(r"\b(cult|terror\w*|martyr\w*|hostage\w*|defector\w*|regime change|brainwash\w*)\b", re.IGNORECASE)
LOADED_ELSEWHERE = ("فرقه", "تروریست", "شهید", "منافق", "إرهاب", "شهداء", "رهينة", "گروگان")


def all_texts() -> list[str]:
    rows = [value for name in FACT_FILES for row in facts(name) for value in row.values()]
    rows += [row[column] for row in facts("sources") for column in ("publisher", "title")]
    return rows + [path.read_text(encoding="utf-8") for path in sorted((CASE / "sheets").glob("*.json"))]


def test_every_source_that_is_named_is_listed_and_every_listed_source_is_named():
    listed = {row["key"] for row in facts("sources")}
    named = {row[column] for name in FACT_FILES for row in facts(name) for column in SOURCE_COLUMNS if row.get(column)}
    assert named <= listed
    notes = " ".join(row.get("note", "") for name in FACT_FILES for row in facts(name))
    assert {key for key in listed - named if key not in notes} == set()


def test_a_source_says_who_published_it_of_which_side_and_how_it_was_read():
    for row in facts("sources"):
        assert row["publisher"] and row["title"] and row["how_read"], row["key"]
        assert row["publisher_kind"] in KINDS
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row["date"]), row
        assert row["url"] == "" or row["url"].startswith("http")


@pytest.mark.parametrize(
    ("offer", "field", "said"),
    [
        ("iran-return", "exclusions", ("50 named leaders", "100 people with judicial files")),
        ("iran-return", "used", ("100 returned under ICRC supervision", "ICRC did not supervise that return")),
        ("iran-return", "used", ("260 helped to return", "1,000 returned")),
        ("albania-2013", "used", ("199 new", "197 relocated")),
        ("albania-2013", "conditions", ("permanent", "temporary")),
        ("germany-2013", "quota", ("approximately 100", "98 people accepted")),
        ("romania-group", "status", ("on a visit to Romania", "in Brussels")),
    ],
)
def test_where_sources_disagree_both_stand(offer, field, said):
    claims = [row["says"] for row in facts("offer_claims") if (row["offer_id"], row["field"]) == (offer, field)]
    for words in said:
        assert any(words in claim for claim in claims), (words, claims)


def test_two_dates_of_one_designation_both_stand():
    days = {row["date"] for row in facts("regime") if row["key"].startswith("US-GC4-2004")}
    assert days == {"2004-06-25", "2004-07"}


def test_a_quota_that_nobody_published_is_marked_as_assumed():
    for row in facts("offers"):
        assumed = row["assumed"].split(";")
        published = PUBLISHED_QUOTAS.get(row["id"])
        assert "quota" in assumed or row["quota"] == published, row["id"]
        for column in ("medical_quota", "reserved_for_links", "minimum_fill"):
            assert not row[column] or column in assumed, (row["id"], column)


def test_assumed_names_columns_that_exist_and_hold_a_value():
    for row in facts("offers"):
        for column in filter(None, row["assumed"].split(";")):
            assert row[column] != "", (row["id"], column)


def test_every_assumed_value_has_its_reason_and_no_other_has_one():
    assumed = {(row["id"], column) for row in facts("offers") for column in row["assumed"].split(";")}
    reasoned = [(row["offer_id"], row["column"]) for row in facts("assumptions")]
    assert sorted(reasoned) == sorted(assumed)
    assert all(row["why"] for row in facts("assumptions"))


def test_offers_have_the_canonical_columns_and_the_places_used():
    columns = module("liberty_case.shapes").COLUMNS["offers"]
    assert tuple(facts("offers")[0]) == columns and columns[-1] == "used"


def test_the_regime_holds_only_kinds_that_a_site_knows():
    assert {row["kind"] for row in facts("regime")} == REGIME_KINDS


def test_talk_of_a_group_transfer_is_neither_confirmed_nor_open():
    rows = {row["id"]: row for row in facts("offers")}
    assert rows["romania-group"]["status"] == "discussed"
    assert int(rows["romania-group"]["minimum_fill"]) <= int(rows["romania-group"]["quota"])


def test_the_status_of_an_offer_is_the_newest_rung_that_counts():
    ladder: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in facts("offer_statuses"):
        assert row["counts"] in {"yes", "no"}
        if row["counts"] == "yes":
            ladder[row["offer_id"]].append((row["date"], row["status"]))
    for row in facts("offers"):
        assert sorted(ladder[row["id"]], key=lambda rung: rung[0])[-1][1] == row["status"], row["id"]


def test_nothing_said_of_a_later_day_is_part_of_an_offer_s_standing():
    assert all(row["date"] <= "2013-12-31" for row in facts("offer_statuses"))
    assert all(row["date"] <= "2013-12-31" for row in facts("regime"))
    assert all(row["date"] > "2013-12-31" or row["offer_id"] == "albania-2013" for row in facts("later"))


def test_readings_belong_to_an_instrument_and_a_dispute_has_its_source():
    keys = {row["key"] for row in facts("regime")}
    for row in facts("regime_readings"):
        assert row["instrument"] in keys
        assert bool(row["disputed_by"]) == bool(row["disputed_source"])


def test_texts_for_readers_stand_in_three_languages():
    columns = {
        "offers": ("title", "conditions", "exclusions", "unknowns"),
        "regime": ("title", "says"),
        "offer_claims": ("says",),
        "later": ("says",),
        "regime_readings": ("reading",),
    }
    for name, texts in columns.items():
        for row in facts(name):
            for column in texts:
                assert row[column] and row[f"{column}_fa"] and row[f"{column}_ar"], (name, row)
                for language in ("fa", "ar"):
                    assert not re.search(r"[A-Za-z0-9]", row[f"{column}_{language}"]), row[f"{column}_{language}"]


def test_persian_uses_persian_letters_and_arabic_uses_arabic_ones():
    def check(fa: str, ar: str) -> None:
        assert not re.search("[يكة٠-٩]", fa), fa
        assert not re.search("[یکپچژگ۰-۹]", ar), ar

    for name in ("offers", "regime", "offer_claims", "later", "regime_readings"):
        for row in facts(name):
            for column in [column[:-3] for column in row if column.endswith("_fa")]:
                check(row[f"{column}_fa"], row[f"{column}_ar"])
    for sheet in sheets():
        for version in sheet["versions"]:
            for section in version["sections"]:
                check(section["fa"], section["ar"])


def test_no_text_uses_a_loaded_word():
    for text in all_texts():
        assert not LOADED.search(text), text
        assert not any(word in text for word in LOADED_ELSEWHERE), text


def sheets() -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((CASE / "sheets").glob("*.json"))]


def test_every_offer_has_a_sheet_and_every_sheet_an_offer():
    assert {sheet["offer"] for sheet in sheets()} == {row["id"] for row in facts("offers")}


def test_versions_of_a_sheet_follow_each_other_in_number_and_time():
    numbers = {}
    for sheet in sheets():
        versions = sheet["versions"]
        assert [version["version"] for version in versions] == list(range(1, len(versions) + 1))
        dates = [version["date"] for version in versions]
        assert dates == sorted(set(dates)) and dates[-1] <= "2013-12-31"
        assert all("changes" in version for version in versions[1:])
        numbers[sheet["offer"]] = len(versions)
    assert numbers["albania-2013"] == numbers["germany-2013"] == 2


def test_a_sheet_begins_with_the_hard_parts_and_has_all_sections_in_three_languages():
    for sheet in sheets():
        assert sheet["illustrative"] is True
        for version in sheet["versions"]:
            kinds = [section["kind"] for section in version["sections"]]
            assert kinds == ["unknown", "not_promised", "exclusions", "conditions", "guarantor", "if_yes", "if_no"]
            for section in version["sections"]:
                lines = [section[language].split("\n") for language in ("en", "fa", "ar")]
                assert all(all(said) for said in lines)
                assert len({len(said) for said in lines}) == 1, (sheet["offer"], section["kind"])


def test_sentences_of_a_sheet_are_short_enough_to_hear():
    for sheet in sheets():
        for version in sheet["versions"]:
            for section in version["sections"]:
                for sentence in section["en"].split("\n"):
                    assert max(len(part.split()) for part in re.split(r"[.!?:;]", sentence)) <= 24, sentence


def test_no_sheet_promises_a_place():
    for sheet in sheets():
        for version in sheet["versions"]:
            promised = next(section for section in version["sections"] if section["kind"] == "not_promised")
            assert "No place is promised" in promised["en"] or "cannot promise" in promised["en"], sheet["offer"]


def test_criteria_are_read_by_the_room_of_routes():
    criteria = pytest.importorskip("safeconduct.routes.criteria")
    for row in facts("offers"):
        if row["criteria"]:
            criteria.parse(row["criteria"])


def test_used_places_are_the_departures_of_that_offer():
    flows = module("liberty_case.flows")
    left: dict[str, int] = defaultdict(int)
    for _, people, offer in flows.DEPARTURES:
        left[offer] += people
    assert sum(left.values()) == 311
    for row in facts("offers"):
        assert int(row["used"]) == left[row["id"]], row["id"]
