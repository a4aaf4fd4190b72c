"""How well the folded keys meet, how selective they are, and how a search by them ranks.

Run: python benchmarks/names.py. Reads name lists from ../shared/data/tracing (its README tells sources and licences);
says so and stops without them.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from safeconduct.engines.linkage.names import fold, key_groups, normal_form, search_keys, similar

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "tracing"
IRAN = {"IR", "AF"}
ARAB = {"IQ", "SY", "EG", "JO", "LB", "PS", "YE", "KW", "SA"}
MAGHREB = {"DZ", "MA", "TN"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs() -> dict[str, list[tuple[str, str, int]]]:
    variants = [(row["ar"], row["forms"].split("|")) for row in rows("name_variants_persian.csv")]
    units = rows("units_ar_lat.csv")
    sets = {
        "common Persian names, fa-lat": [(ar, form, 1) for ar, forms in variants for form in forms],
        "common Persian names, lat-lat": [
            (one, two, 1) for _, forms in variants for i, one in enumerate(forms) for two in forms[i + 1 :]
        ],
        "foreign names in Arabic (google)": [(row["ar"], row["lat"], 1) for row in rows("google_ar2en.csv")],
    }
    for title, where in (("units Iran, Afghanistan", IRAN), ("units Iraq to Yemen", ARAB), ("units Maghreb", MAGHREB)):
        sets[title] = [(row["unit_ar"], row["unit_lat"], int(float(row["count"]))) for row in units if row["country"] in where]
    return sets


def selectivity(tokens: Counter[str]) -> str:
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    found: Counter[str] = Counter()
    for token, count in tokens.items():
        sharing[fold(token)].add(token)
        found[fold(token)] += count
    total = sum(tokens.values())
    alike = sum(len(sharing[fold(token)]) for token in tokens) / len(tokens)
    weighted = sum(count * len(sharing[fold(token)]) for token, count in tokens.items()) / total
    returned = sum(count * found[fold(token)] for token, count in tokens.items()) / total
    exact = sum(count * count for count in tokens.values()) / total
    return (
        f"{len(tokens)} distinct words, {len(sharing)} keys; a word shares its key with {alike - 1:.1f} others "
        f"({weighted - 1:.1f} weighted by people); a one-word search finds {returned:.0f} words "
        f"for {exact:.0f} typed alike"
    )


def with_all_but(groups: list[set[str]], missing: int) -> set[str]:
    """Who is in all groups, or in all but so many of them."""
    met = Counter(number for group in groups for number in group)
    return {number for number, count in met.items() if count >= max(1, len(groups) - missing)}


def search(register: dict[str, str], enquiries: list[tuple[str, set[str]]]) -> str:
    index: defaultdict[str, set[str]] = defaultdict(set)
    for number, name in register.items():
        for key in search_keys(name):
            index[key].add(number)
    ranks, sizes, spent = [], [], []
    for name, truth in enquiries:
        start = time.perf_counter()
        groups = [set().union(*(index.get(key, ()) for key in group)) for group in key_groups(name)]
        hits = with_all_but(groups, 0) or with_all_but(groups, 1)
        ranked = sorted(hits, key=lambda number: (-similar(name, register[number]).score, number))
        spent.append(time.perf_counter() - start)
        sizes.append(len(hits))
        ranks.append(next((rank for rank, number in enumerate(ranked, 1) if number in truth), 0))
    found, first, ten = (sum(map(test, ranks)) / len(ranks) for test in (lambda r: r > 0, lambda r: r == 1, lambda r: 0 < r <= 10))
    return (
        f"{len(register)} people, {len(enquiries)} enquiries: found {found:.3f}, first {first:.3f}, "
        f"among ten {ten:.3f}; {statistics.mean(sizes):.1f} found on average; {1e3 * statistics.median(spent):.2f} ms"
    )


def cross_script(where: set[str]) -> str:
    """Arabic-script enquiry, Latin register of 12,000 or all there are (see the README of the data)."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows("fullnames_ar_lat.csv"):
        if row["country"] in where and row["latin_lang"] == "en" and " " in row["name_ar"] and row["name_lat"].strip():
            names[normal_form(row["name_ar"])].add(row["name_lat"])
    chance = random.Random(7)
    one = {name: chance.choice(sorted(latin)) for name, latin in sorted(names.items())}
    kept = chance.sample(sorted(one), min(12_000, len(one)))
    register = {name: one[name] for name in kept}
    return search(register, [(name, {name}) for name in chance.sample(kept, 1_000)])


def main() -> int:
    if not DATA.is_dir():
        print(f"No name lists at {DATA}; nothing measured.")
        return 0
    print("Names: how well keys meet, how few share one, how a search by them ranks")
    for title, these in pairs().items():
        same = [(fold(one) == fold(two), count) for one, two, count in these]
        share = sum(equal for equal, _ in same) / len(same)
        weighted = sum(count for equal, count in same if equal) / sum(count for _, count in same)
        print(f"equal keys, {title}: {share:.3f} of {len(same)} pairs, {weighted:.3f} weighted by people")
    people = [row["name_ar"] for row in rows("fullnames_ar_lat.csv") if row["country"] in IRAN | {"IQ"}]
    print("selectivity:", selectivity(Counter(word for name in people for word in normal_form(name).split())))
    register = {row["id"]: row["name"] for row in rows("reg3k/register.csv")}
    asked = [(row["name"], {row["truth"]}) for row in rows("reg3k/enquiries.csv") if row["truth"]]
    print("synthetic register, names only:", search(register, asked))
    print("Persian to Latin:", cross_script(IRAN))
    print("Arabic to Latin:", cross_script(ARAB))
    start = time.perf_counter()
    keys = sum(len(search_keys(name)) for name in people)
    spent = 1e6 * (time.perf_counter() - start) / len(people)
    print(f"search_keys: {spent:.0f} µs and {keys / len(people):.1f} keys a name")
    return 0


if __name__ == "__main__":
    sys.exit(main())
