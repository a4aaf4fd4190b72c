"""Contrast of every pair of colours that text is set in: WCAG 2.2, 1.4.3 (4.5:1) and 1.4.11 (3:1 for what is drawn)."""

import re
from pathlib import Path

import pytest

import safeconduct.core.design

SHEETS = Path(safeconduct.core.design.__file__).parent / "static" / "design"
TOKENS = (SHEETS / "tokens.css").read_text(encoding="utf-8")
COMPONENTS = (SHEETS / "components.css").read_text(encoding="utf-8")

TEXT = [
    *[(ink, ground) for ink in ("n5", "n4", "accent", "accent-strong") for ground in ("n0", "n1", "accent-soft")],
    *[(ink, f"{soft}-soft") for ink in ("n5", "n4", "accent") for soft in ("done", "waits", "attention", "harm")],
    *[(meaning, "n0") for meaning in ("done", "waits", "attention", "harm")],
    *[(meaning, f"{meaning}-soft") for meaning in ("done", "waits", "attention", "harm")],
    ("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-band", "band"), ("on-band-soft", "band"),
    ("n0", "harm"),
]  # fmt: skip
DRAWN = [("n3", "n0"), ("n4", "n0"), ("accent", "n0"), ("n5", "n0")]


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", text))


def palette(medium: str) -> dict[str, str]:
    light, _, rest = TOKENS.partition("@media (prefers-color-scheme: dark)")
    dark, _, printed = rest.partition("@media print")
    over = {"light": "", "dark": dark, "print": printed}[medium]
    return colours(light) | colours(over)


def luminance(colour: str) -> float:
    value = colour.lstrip("#")
    value = "".join(digit * 2 for digit in value) if len(value) == 3 else value
    parts = [int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_agrees_with_the_standard():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the known grey that just fails


@pytest.mark.parametrize("medium", ["light", "dark", "print"])
def test_text_is_legible_on_every_ground_it_stands_on(medium):
    known = palette(medium)
    weak = [(ink, ground, contrast(known[ink], known[ground])) for ink, ground in TEXT]
    assert [pair for pair in weak if pair[2] < 4.5] == []


@pytest.mark.parametrize("medium", ["light", "dark", "print"])
def test_lines_and_bars_stand_out_from_the_paper(medium):
    known = palette(medium)
    assert [(ink, ground) for ink, ground in DRAWN if contrast(known[ink], known[ground]) < 3] == []


def test_colours_are_decided_in_the_tokens_only():
    outside_print = COMPONENTS.partition("@media print")[0]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", outside_print) == []


def test_every_token_that_is_used_is_decided():
    used = set(re.findall(r"var\(--([\w-]+)", COMPONENTS))
    assert used - set(re.findall(r"--([\w-]+):", TOKENS)) == set()


def test_directions_are_logical_so_that_right_to_left_costs_nothing():
    physical = r"\b(?:margin|padding|border)-(?:left|right)\b|(?:^|[;{]\s*)(?:left|right):|text-align:\s*(?:left|right)"
    assert re.findall(physical, COMPONENTS) == []


def test_a_page_of_styles_and_fonts_stays_under_100_kb():
    loaded = [*SHEETS.glob("*.css"), *SHEETS.glob("fonts/*.woff2")]
    assert sum(path.stat().st_size for path in loaded) < 100_000


def test_the_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (SHEETS / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()
