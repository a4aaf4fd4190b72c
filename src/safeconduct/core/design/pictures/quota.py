"""An offer's places as a bar. All bars of a page share one scale, so fifteen places look like fifteen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeconduct.core.design.pictures.svg import element, picture, short
from safeconduct.core.design.wording import number

HEIGHT = 24
# Patterns must be named in the attribute: a style sheet would look for them in its own file.
_FILLS = {"kept": "url(#hatch)", "medical": "url(#dots)", "over": "url(#over)"}


@dataclass(frozen=True, slots=True)
class Places:
    """How an offer's places stand, in people. `total` None: no upper limit. `discussed`: nobody has confirmed any."""

    total: int | None
    gone: int = 0
    planned: int = 0
    reserved: int = 0  # still free, only for people with links
    medical: int = 0  # still free, only for serious illness
    discussed: bool = False

    def __post_init__(self) -> None:
        if min(self.total or 0, self.gone, self.planned, self.reserved, self.medical) < 0:
            raise ValueError("Places are counted from 0.")

    @property
    def used(self) -> int:
        return self.gone + self.planned

    @property
    def free(self) -> int:
        """Places that anybody may still take; 0 where there is no upper limit."""
        return max((self.total or 0) - self.used - self.reserved - self.medical, 0)

    @property
    def over(self) -> int:
        """How many people more than places: an offer shrank."""
        return max(self.used + self.reserved + self.medical - self.total, 0) if self.total is not None else 0

    @property
    def length(self) -> int:
        """How long the bar is, in people."""
        return max(self.total or 0, self.used + self.reserved + self.medical)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar: its look, how many people, and that in words."""

    kind: str
    people: int
    says: str


def scale_of(several: Sequence[Places]) -> int:
    """The one scale of a page: the longest bar whose places somebody has confirmed."""
    return max((places.length for places in several if not places.discussed), default=0) or 1


def key(places: Places) -> list[Part]:
    """The stretches of a bar in the order in which they stand; empty ones are left out."""
    if places.discussed:
        return []
    told = (
        ("gone", places.gone, _("%(n)s have left")),
        ("planned", places.planned, _("%(n)s in this plan")),
        ("kept", places.reserved, _("%(n)s reserved for family links, free")),
        ("medical", places.medical, _("%(n)s medical, free")),
        ("free", places.free, _("%(n)s free")),
    )
    parts = [Part(kind, people, says % {"n": number(people)}) for kind, people, says in told if people]
    if places.over:
        parts.append(Part("over", places.over, _("%(n)s more than there are places") % {"n": number(places.over)}))
    return parts


def draw(places: Places, *, scale: int, language: str, mirrored: bool, says: Sequence[Any]) -> SafeString:
    """The bar. What lies beyond the scale is cut off and stays open at its end."""
    title = ", ".join(str(sentence) for sentence in says) or _("No place is open")
    pieces = [_piece(*stretch, mirrored=mirrored) for stretch in _stretches(places, scale)]
    return picture(*pieces, title=title, class_="bar", lang=language)


def _stretches(places: Places, scale: int) -> list[tuple[str, float, float]]:
    """Kind, start and width of each piece, in percent of the scale, from the start of reading."""
    unit = 100 / scale
    if places.discussed:
        return [("talk", 0.0, min((places.total or scale) * unit, 120.0))]
    pieces: list[tuple[str, float, float]] = []
    at = 0.0
    for kind, people in (("gone", places.gone), ("planned", places.planned), ("kept", places.reserved),
                         ("medical", places.medical), ("free", places.free)):  # fmt: skip
        if people:
            pieces.append((kind, at, people * unit))
            at += people * unit
    if places.over:
        pieces.append(("over", max(at - places.over * unit, 0.0), places.over * unit))
    if places.total is None:
        pieces.append(("line", at, max(100.0 - at, 0.0)))
    return pieces


def _piece(kind: str, start: float, width: float, *, mirrored: bool) -> SafeString:
    left = 100 - start - width if mirrored else start
    if kind == "line":
        middle = HEIGHT / 2
        return element("line", class_="talk", x1=f"{short(left)}%", x2=f"{short(left + width)}%", y1=middle, y2=middle)
    inset = 1 if kind == "talk" else 0
    return element("rect", class_=kind, fill=_FILLS.get(kind), x=f"{short(left)}%", y=inset or None,
                   width=f"{short(width)}%", height=HEIGHT - 2 * inset if inset else "100%")  # fmt: skip


def swatch(kind: str) -> SafeString:
    """The little square of a key."""
    return element("svg", element("rect", class_=kind, fill=_FILLS.get(kind), x=0.5, y=0.5, width=13, height=13), aria_hidden="true")
