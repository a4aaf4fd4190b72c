"""A quota as a bar: people who have gone, people in the plan, places reserved, places free. All bars to one scale."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from safeconduct.core.design.pictures.svg import element
from safeconduct.core.languages import direction, localise_digits

HEIGHT = 24
KINDS = ("gone", "planned", "reserved_free", "medical_free", "free")
CLASSES = {"reserved_free": "kept", "medical_free": "medical"}
PATTERNS = {"reserved_free": "url(#hatch)", "medical_free": "url(#dots)"}


def quota_bar(
    *,
    gone: int,
    planned: int,
    reserved_free: int = 0,
    medical_free: int = 0,
    free: int = 0,
    scale: int,
    certain: bool = True,
    no_limit: bool = False,
    language: str,
    title: str = "",
) -> SafeString:
    """One bar. Counts are people or places; `scale` is the count that fills the width.

    Where the status is not certain nothing is open: the places talked about (`free`) are a dashed outline. With no
    upper limit a dashed line goes on after the people. What would be longer than the width ends there, open.
    """
    counts = {
        "gone": gone, "planned": planned, "reserved_free": reserved_free, "medical_free": medical_free, "free": free,
    }  # fmt: skip
    if min(counts.values()) < 0:
        raise ValueError("a quota holds no negative number of places")
    scale = max(scale, 1)
    said = title or says(counts, certain=certain, no_limit=no_limit, language=language)
    back = direction(language) == "rtl"
    shapes, x = [], 0.0
    for kind in KINDS:
        width = min(100 * counts[kind] / scale, 100 - x)
        if width <= 0:
            continue
        shapes.append(_stretch(kind if certain else "talk", x, width, back))
        x += width
    if no_limit and certain:
        shapes.append(_rest(x, back))
    return element(
        "svg", element("title", said), *shapes, role="img", class_="bar", width="100%", height=HEIGHT,
    )  # fmt: skip


def _stretch(kind: str, x: float, width: float, back: bool) -> SafeString:
    pattern = PATTERNS.get(kind)
    at = 100 - x - width if back else x
    return element(
        "rect", class_=CLASSES.get(kind, kind), fill=pattern, x=f"{at:.2f}%", width=f"{width:.2f}%",
        y=1, height=HEIGHT - 2,
    )  # fmt: skip


def _rest(x: float, back: bool) -> SafeString:
    ends = (100 - x, 0.0) if back else (x, 100.0)
    return element("line", class_="talk", x1=f"{ends[0]:.2f}%", x2=f"{ends[1]:.2f}%", y1=HEIGHT // 2, y2=HEIGHT // 2)


def words(kind: str, n: int, language: str) -> str:
    """What a stretch of the bar is: "197 have left"."""
    with override(language):
        sentence = {
            "gone": gettext("%(n)s have left"),
            "planned": gettext("%(n)s in this plan"),
            "reserved_free": gettext("%(n)s reserved, free"),
            "medical_free": gettext("%(n)s free, also for people who are seriously ill"),
            "free": gettext("%(n)s free"),
            "talk": gettext("%(n)s talked about, none open"),
        }[kind]
    return sentence % {"n": localise_digits(n, language)}


def says(counts: dict[str, int], *, certain: bool, no_limit: bool, language: str) -> str:
    """The bar in words, for those who listen."""
    shown = [(kind if certain else "talk", counts[kind]) for kind in KINDS if counts[kind]]
    said = [words(kind, n, language) for kind, n in shown]
    with override(language):
        if no_limit:
            said.append(gettext("no upper limit"))
        if not said:
            return gettext("no place is open")
        return gettext(", ").join(said)


def key_of(counts: dict[str, int], *, certain: bool, language: str) -> list[tuple[str, str, str]]:
    """What the key must explain: class, words and pattern of each stretch that is there."""
    if not certain:
        return []
    return [
        (CLASSES.get(kind, kind), words(kind, counts[kind], language), PATTERNS.get(kind, "")) for kind in KINDS if counts[kind]
    ]
