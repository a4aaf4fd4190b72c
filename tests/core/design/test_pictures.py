"""Pictures count every person once, and nothing in them lies over anything else."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.design.pictures import flow, places, quota_bar
from safeconduct.core.design.pictures.flow import label_lines
from safeconduct.core.design.pictures.layout import PEOPLE_HEIGHT, arrange

LANGUAGES = ["en", "fa", "ar"]
UNHURRIED = settings(deadline=None)  # a busy machine is no fault of a picture


@st.composite
def matrices(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cells = st.integers(0, 5000)
    return draw(st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


def as_flow(matrix):
    left = [(f"l{i}", f"Offer {i}", sum(row)) for i, row in enumerate(matrix)]
    right = [(f"r{j}", f"Place {j}", sum(column)) for j, column in enumerate(zip(*matrix, strict=True))]
    bands = [(f"l{i}", f"r{j}", n) for i, row in enumerate(matrix) for j, n in enumerate(row)]
    return left, right, bands


def disjoint(intervals):
    ordered = sorted(intervals)
    return all(before[1] <= after[0] + 1e-6 for before, after in pairwise(ordered))


@UNHURRIED
@given(matrices())
def test_nothing_overlaps_and_heights_are_people(matrix):
    left, right, bands = as_flow(matrix)
    wrapped = [[label_lines(label, n, "en") for _, label, n in column] for column in (left, right)]
    boxes, stripes, height = arrange([left, right], [bands], wrapped)
    total = sum(map(sum, matrix))
    unit = PEOPLE_HEIGHT / total if total else 0
    for column in boxes:
        assert disjoint([box.slot for box in column])
        for box in column:
            assert box.height == pytest.approx(box.n * unit)
            assert box.slot[0] - 1e-6 <= box.y and box.y + box.height <= box.slot[1] + 1e-6 <= height + 2e-6
    for side, key in ((0, "source"), (1, "target")):
        for box in boxes[side]:
            ends = [s for s in stripes if getattr(s, key) == box.key]
            at = [((s.y0, s.y1)[side], (s.y0, s.y1)[side] + s.height) for s in ends]
            assert disjoint([end for end in at if end[1] > end[0]])
            assert sum(end[1] - end[0] for end in at) == pytest.approx(box.height)
            assert all(box.y - 1e-6 <= a and b <= box.y + box.height + 1e-6 for a, b in at)


@UNHURRIED
@given(matrices(), st.sampled_from(LANGUAGES))
def test_every_band_with_people_is_drawn_and_nobody_else(matrix, language):
    left, right, bands = as_flow(matrix)
    svg = ElementTree.fromstring(flow(left, right, bands, language=language, title="t"))
    assert len(svg.findall("path")) == sum(n > 0 for _, _, n in bands)


def test_a_flow_that_loses_somebody_is_refused():
    with pytest.raises(ValueError):
        flow([("a", "A", 5)], [("b", "B", 4)], [("a", "b", 4)], language="en", title="t")
    with pytest.raises(ValueError):
        flow([("a", "A", 4)], [("b", "B", 5)], [("a", "b", 4)], language="en", title="t")
    with pytest.raises(ValueError):
        flow([("a", "A", 4)], [("b", "B", 4)], [("a", "b", 2), ("a", "b", 2)], language="en", title="t")


def test_the_picture_of_nobody_is_a_picture():
    assert "<svg" in flow([("a", "A", 0)], [("remain", "R", 0)], [("a", "remain", 0)], language="en", title="t")


def test_right_to_left_is_the_mirror_of_left_to_right():
    given_ = ([("a", "A", 3), ("b", "B", 2)], [("c", "C", 5)], [("a", "c", 3), ("b", "c", 2)])
    there, back = (
        [float(rect.get("x")) for rect in ElementTree.fromstring(flow(*given_, language=code, title="t")).findall("rect")]
        for code in ("en", "fa")
    )
    assert [620 - 10 - x for x in there] == back


def test_hostile_labels_are_text():
    svg = flow([("a", "<b>&\"'", 1)], [("b", "</svg><script>", 1)], [("a", "b", 1)], language="en", title="<script>")
    assert "<script" not in svg and ElementTree.fromstring(svg).find("title").text == "<script>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_hold_presentation_attributes_only_and_say_what_they_show(language):
    pictures = [
        flow([("a", "A", 1)], [("b", "B", 1)], [("a", "b", 1)], language=language, title="t"),
        quota_bar(gone=1, planned=2, reserved_free=3, medical_free=1, free=4, scale=20, language=language),
        quota_bar(gone=0, planned=0, free=9, scale=20, certain=False, language=language),
        quota_bar(gone=1, planned=2, scale=20, no_limit=True, language=language),
        places(taken=3, free=2, medical_free=1, language=language),
    ]
    for picture in pictures:
        root = ElementTree.fromstring(picture)
        assert root.get("role") == "img" and root.find("title").text
        assert not [name for part in root.iter() for name in part.attrib if name == "style" or name.startswith("on")]


def widths(svg):
    return [(float(r.get("x")[:-1]), float(r.get("width")[:-1])) for r in ElementTree.fromstring(svg).findall("rect")]


@UNHURRIED
@given(st.tuples(*[st.integers(0, 300)] * 5), st.integers(1, 1500), st.sampled_from(LANGUAGES))
def test_stretches_of_a_bar_meet_and_stay_inside(counts, scale, language):
    gone, planned, reserved, medical, free = counts
    bar = quota_bar(
        gone=gone, planned=planned, reserved_free=reserved, medical_free=medical, free=free, scale=scale,
        language=language,
    )  # fmt: skip
    stretches = widths(bar)
    assert all(x >= -0.01 and x + w <= 100.02 for x, w in stretches)
    assert disjoint([(x + 0.02, x + w - 0.02) for x, w in stretches if w > 0.04])
    assert sum(w for _, w in stretches) == pytest.approx(min(100, 100 * sum(counts) / scale), abs=0.06)


def test_one_place_is_as_wide_on_every_bar_of_a_scale():
    wide, narrow = (widths(quota_bar(gone=n, planned=0, scale=210, language="en"))[0][1] for n in (210, 21))
    assert wide == pytest.approx(10 * narrow)


def test_what_is_only_talked_about_is_dashed_and_nothing_else():
    bar = quota_bar(gone=0, planned=0, free=100, scale=200, certain=False, language="en")
    assert re.findall(r'<rect class="(\w+)"', bar) == ["talk"]


def test_a_bar_speaks_the_readers_digits():
    assert "۱۹۷" in quota_bar(gone=197, planned=0, scale=210, language="fa")


@UNHURRIED
@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_one_dot_a_place(taken, free, medical):
    circles = ElementTree.fromstring(places(taken=taken, free=free, medical_free=medical, language="en")).findall("circle")
    rings = [c for c in circles if c.get("class") != "m"]
    assert len(rings) == taken + free + medical
    assert len([c for c in rings if c.get("class") == "x"]) == taken
    assert len(circles) - len(rings) == medical
    assert len({(c.get("cx"), c.get("cy")) for c in rings}) == len(rings)
