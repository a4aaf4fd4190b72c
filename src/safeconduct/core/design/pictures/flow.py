"""People on their way, as a flow: from first choice to a place, or from waiting over routes to arrived.

A Sankey diagram (Sankey 1898; Schmidt, Journal of Industrial Ecology 12, 2008): widths proportional to people, and
what enters a node is what it holds. Hair-thin threads are left hair-thin: that is the finding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils.safestring import SafeString

from safeconduct.core.design.pictures.layout import LINE, Box, Node, Stripe, arrange
from safeconduct.core.design.pictures.svg import element
from safeconduct.core.languages import direction, localise_digits

Band = tuple[str, str, int]

WIDTH, LABEL, NODE = 620.0, 150.0, 10.0
LETTERS = 20  # of a label's line


def flow(
    left: Sequence[Node],
    right: Sequence[Node],
    bands: Sequence[Band],
    *,
    language: str,
    title: str,
    heads: tuple[str, str] = ("", ""),
    remain: Collection[str] = ("remain",),
) -> SafeString:
    """Two columns: people by first choice, and by the place they get. Nodes are (key, label, people), bands
    (left key, right key, people). Right nodes in `remain` are no place: people stay.

    Every person is counted on both sides and on one band; where they are not, ValueError.
    """
    for nodes, end in ((left, 0), (right, 1)):
        for key, _, n in nodes:
            if sum(band[2] for band in bands if band[end] == key) != n:
                raise ValueError(f"the bands of {key} do not add up to its people")
    kinds = {band[:2]: "still" if band[1] in remain else "way" for band in bands}
    return ways([left, right], [bands], language=language, title=title, heads=heads, kinds=[kinds], stay=[(), remain])


def ways(
    columns: Sequence[Sequence[Node]],
    bands: Sequence[Sequence[Band]],
    *,
    language: str,
    title: str,
    heads: Sequence[str] = (),
    kinds: Sequence[Mapping[tuple[str, str], str]] = (),
    stay: Sequence[Collection[str]] = (),
) -> SafeString:
    """Two columns or three. `bands[i]` run from column i to i + 1; `kinds[i]` says of a band (from, to) what it is:
    "way" (certain), "hope" (wished), "still" (people who stay). A node may hold more people than its bands."""
    wrapped = [[label_lines(label, n, language) for _, label, n in column] for column in columns]
    boxes, stripes, height = arrange(columns, bands, wrapped)
    back = direction(language) == "rtl"
    xs = _places(len(columns))
    names = [{key: label for key, label, _ in column} for column in columns]
    drawn: list[SafeString] = []
    ranks = {"still": 0, "hope": 1, "way": 2}
    for stripe in sorted(stripes, key=lambda one: ranks[_kind(kinds, one)]):
        said = f"{names[stripe.column][stripe.source]} – {names[stripe.column + 1][stripe.target]}: "
        drawn += _band(stripe, xs, back, _kind(kinds, stripe), said + localise_digits(stripe.n, language))
    for at, column in enumerate(boxes):
        staying = stay[at] if at < len(stay) else ()
        for box in column:
            drawn += _node(box, at, xs, len(columns), back, box.key in staying)
    for at, head in enumerate(heads if any(heads) else ()):
        drawn.append(_text([head], at, xs, len(columns), back, 12, "t2", bold_last=False))
    return element(
        "svg", element("title", title), *drawn, class_="flow", role="img", direction="rtl" if back else "ltr",
        viewBox=f"0 0 {WIDTH:g} {height + 8:.1f}",
    )  # fmt: skip


def label_lines(label: str, n: int, language: str) -> list[str]:
    """A label in at most three lines of 20 letters, its number at the end; longer ones end in an ellipsis."""
    lines = [""]
    for word in str(label).split():
        word = word if len(word) <= LETTERS else word[: LETTERS - 1] + "…"
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], lines[1][: LETTERS - 1] + "…"]
    number = localise_digits(n, language)
    if len(lines[-1]) + 1 + len(number) > LETTERS + 3:
        lines.append("")
    return [*lines[:-1], f"{lines[-1]}\n{number}"]


def _places(columns: int) -> list[float]:
    """The x of each column's nodes: labels of the first stand before it, of the last after it (or above)."""
    if columns == 2:
        return [LABEL, WIDTH - LABEL - 40]
    room = (WIDTH - NODE - LABEL) / (columns - 1)
    return [LABEL + at * room for at in range(columns)]


def _kind(kinds: Sequence[Mapping[tuple[str, str], str]], stripe: Stripe) -> str:
    return kinds[stripe.column].get((stripe.source, stripe.target), "way") if stripe.column < len(kinds) else "way"


def _band(stripe: Stripe, xs: list[float], back: bool, kind: str, said: str) -> list[SafeString]:
    if not stripe.n:
        return []
    x0, x1 = (_mirror(x, back) for x in (xs[stripe.column] + NODE, xs[stripe.column + 1]))
    middle = (x0 + x1) / 2
    y0, y1, h = stripe.y0, stripe.y1, stripe.height
    path = (
        f"M{x0:.1f} {y0:.2f}C{middle:.1f} {y0:.2f} {middle:.1f} {y1:.2f} {x1:.1f} {y1:.2f}V{y1 + h:.2f}"
        f"C{middle:.1f} {y1 + h:.2f} {middle:.1f} {y0 + h:.2f} {x0:.1f} {y0 + h:.2f}Z"
    )
    return [element("path", element("title", said), class_=kind, d=path)]


def _node(box: Box, at: int, xs: list[float], columns: int, back: bool, stays: bool) -> list[SafeString]:
    kind = "stop" if stays else "place" if at and at == columns - 1 else "node"
    x = _mirror(xs[at] + NODE, True) if back else xs[at]
    shape = element("rect", class_=kind, x=x, y=box.y, width=NODE, height=box.height) if box.n else ""
    text = _text(box.lines, at, xs, columns, back, box.label_y + 13, "")
    return [part for part in (shape, text) if part]


def _text(
    lines: list[str], at: int, xs: list[float], columns: int, back: bool, y: float, kind: str, bold_last: bool = True
) -> SafeString:
    first, last = at == 0, at == columns - 1
    if last and columns > 2:
        x, side = xs[at] + NODE, "end"
    elif first:
        x, side = xs[at] - NODE, "end"
    else:
        x, side = xs[at] + (2 * NODE if last else 0), "start"
    x = _mirror(x, back)
    spans: list[SafeString] = []
    for number, line in enumerate(lines):
        words, _, count = line.partition("\n")
        bold = element("tspan", f" {count}" if words else count, class_="b") if count else ""
        spans.append(element("tspan", words, *([bold] if bold else []), x=x, y=y + number * LINE))
    return element("text", *spans, text_anchor=side, class_=kind or None)


def _mirror(x: float, back: bool) -> float:
    return WIDTH - x if back else x
