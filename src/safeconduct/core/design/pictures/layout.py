"""Where nodes and bands of a flow stand: heights proportional to people, nothing overlaps, nobody is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

LINE = 18.0  # height of a line of a label
GAP = 10.0
TOP = 26.0
PEOPLE_HEIGHT = 300.0  # what all people of the fullest column measure together

Node = tuple[str, str, int]  # key, label, people


@dataclass
class Box:
    """A node in its place. `y` and `height` of the node; `slot` is the room it and its label take."""

    key: str
    n: int
    lines: list[str]
    y: float
    height: float
    slot: tuple[float, float]
    label_y: float
    used: dict[str, float] = field(default_factory=lambda: {"in": 0.0, "out": 0.0})


@dataclass(frozen=True)
class Stripe:
    """A band between two neighbouring columns: where it leaves, where it arrives, how high it is."""

    column: int
    source: str
    target: str
    n: int
    y0: float
    y1: float
    height: float


def arrange(
    columns: Sequence[Sequence[Node]],
    bands: Sequence[Sequence[tuple[str, str, int]]],
    wrapped: Sequence[Sequence[list[str]]],
) -> tuple[list[list[Box]], list[Stripe], float]:
    """Columns of boxes, stripes, and the height of the picture.

    `bands[i]` run from column i to column i + 1; `wrapped` are the lines of each label. A node that sends or receives
    more people than it holds is refused (ValueError).
    """
    most = max((sum(n for _, _, n in column) for column in columns), default=0)
    unit = PEOPLE_HEIGHT / most if most else 0.0
    boxes = [
        _column(column, lines, unit, above=at > 0 and len(columns) > 2)
        for at, (column, lines) in enumerate(zip(columns, wrapped, strict=True))
    ]
    stripes = [stripe for at, between in enumerate(bands) for stripe in _stripes(at, between, boxes[at], boxes[at + 1], unit)]
    height = max((column[-1].slot[1] for column in boxes if column), default=TOP)
    return boxes, stripes, height


def _column(column: Sequence[Node], wrapped: Sequence[list[str]], unit: float, *, above: bool) -> list[Box]:
    boxes, y = [], TOP
    for (key, _, n), lines in zip(column, wrapped, strict=True):
        if n < 0:
            raise ValueError("a flow holds no negative number of people")
        height, text = n * unit, LINE * len(lines)
        room = text + height if above else max(text, height)
        top = y + text if above else y + (room - height) / 2
        label = y if above else y + (room - text) / 2
        boxes.append(Box(key, n, lines, top, height, (y, y + room), label))
        y += room + GAP
    return boxes


def _stripes(at: int, bands: Sequence[tuple[str, str, int]], left: list[Box], right: list[Box], unit: float) -> list[Stripe]:
    sources, targets = {box.key: box for box in left}, {box.key: box for box in right}
    order_left, order_right = list(sources), list(targets)
    stripes: dict[tuple[str, str], list[float]] = {}
    counts: dict[tuple[str, str], int] = {}
    for source, target, n in bands:
        if n < 0 or (source, target) in counts or source not in sources or target not in targets:
            raise ValueError(f"a band runs once between two nodes that exist: {source}, {target}")
        counts[source, target] = n
        stripes[source, target] = [0.0, 0.0]
    # At each node the bands stand in the order of their other ends, so that they cross as little as they can.
    for source, target in sorted(counts, key=lambda pair: (order_left.index(pair[0]), order_right.index(pair[1]))):
        stripes[source, target][0] = _take(sources[source], "out", counts[source, target], unit)
    for source, target in sorted(counts, key=lambda pair: (order_right.index(pair[1]), order_left.index(pair[0]))):
        stripes[source, target][1] = _take(targets[target], "in", counts[source, target], unit)
    return [
        Stripe(at, source, target, counts[source, target], y0, y1, counts[source, target] * unit)
        for (source, target), (y0, y1) in stripes.items()
    ]


def _take(box: Box, side: str, n: int, unit: float) -> float:
    y = box.y + box.used[side] * unit
    box.used[side] += n
    if box.used[side] > box.n:
        raise ValueError(f"more people on the bands of {box.key} than in it")
    return y
