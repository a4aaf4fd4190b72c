"""Every reason that a plan can give has a sentence; none names anybody or counts who agreed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safeconduct.plans import sentences

SOURCE = Path(sentences.__file__).parents[1]
# Where codes of reasons are written, and how.
_WRITTEN = [
    ("plans/cases.py", r'return "(\w+)", \{|return "(\w+)"$|code = "(\w+)" if|else "(\w+)"$|Blocked\(None, "(\w+)"\)'),
    ("plans/outcomes.py", r'^    "(.+)",$'),
    ("routes/rules.py", r'refused\("(\w+)"\)'),
    ("register/rules.py", r'refused\("(no_best_interests_decision|own_views_not_heard)"\)'),
    ("engines/placement/reasons.py", r'(?:return|code =|code, numbers =) "(\w+)"|^- `(\w+)`|`(\w+)`, `(\w+)`'),
]


def codes() -> set[str]:
    found = set()
    for file, pattern in _WRITTEN:
        for match in re.finditer(pattern, (SOURCE / file).read_text(), re.MULTILINE):
            found |= {code for group in match.groups() if group for code in re.findall(r"\w+", group)}
    return found - {"", "given", "places", "medical_places", "open_places", "minimum_fill"}


def test_the_search_for_codes_finds_those_that_are_known_to_exist():
    assert {"quota_full", "sheet_outdated", "offer_closed", "family_not_agreed", "declined", "barred", "rule_not_met"} <= codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_has_a_sentence_for_an_offer_and_for_who_remains(code):
    assert code in sentences.WHY_NONE, f"{code} has no sentence"


def test_no_sentence_counts_who_agreed_to_a_group_or_names_a_relative():
    for sentence in (*sentences.ABOUT_AN_OFFER.values(), *sentences.WHY_NONE.values()):
        assert not re.search(r"%\((agreed|name|relative|spouse)\)", str(sentence))


@pytest.mark.parametrize(("one", "ten", "says"), [
    (0, 0, "nobody more"), (1, 10, "one more person"), (3, 12, "3 more people"),
    (0, 4, "One more place lets nobody more leave. Ten more"),
])  # fmt: skip
def test_a_price_is_a_sentence(one, ten, says):
    assert says in sentences.price(one, ten)


def test_an_unproven_plan_says_how_far_from_the_best_it_may_be():
    assert "Not proven best" in sentences.verdict("feasible", 990, 1000, True)
    assert "1.00 %" in sentences.verdict("feasible", 990, 1000, True)
