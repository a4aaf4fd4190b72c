"""Places as dots, for reading aloud: one dot a place, so that the eye counts with the voice."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from safeconduct.core.design.pictures.svg import element
from safeconduct.core.languages import direction, localise_digits

ROWS, STEP, MOST = 4, 20, 400


def places(*, taken: int, free: int, medical_free: int = 0, language: str, title: str = "") -> SafeString:
    """Filled: taken. Ring: free. Ring with a dot: free, for serious illness. Above 400 places a bar says it better."""
    total = taken + free + medical_free
    if min(taken, free, medical_free) < 0 or total > MOST:
        raise ValueError(f"between 0 and {MOST} places can be drawn as dots")
    columns = max(-(-total // ROWS), 1)
    back = direction(language) == "rtl"
    dots: list[SafeString] = []
    for at in range(total):
        column = at // ROWS
        x = STEP * (columns - 1 - column if back else column) + 8
        y = STEP * (at % ROWS) + 8
        dots.append(element("circle", cx=x, cy=y, r=6, class_="x" if at < taken else None))
        if at >= taken + free:
            dots.append(element("circle", cx=x, cy=y, r=2.4, class_="m"))
    with override(language):
        said = title or gettext("%(taken)s places taken, %(free)s free, %(medical)s free also for people who are seriously ill") % {
            name: localise_digits(n, language) for name, n in (("taken", taken), ("free", free), ("medical", medical_free))
        }
    size = (STEP * columns, STEP * ROWS)
    return element(
        "svg", element("title", said), *dots, role="img", class_="dots",
        viewBox=f"0 0 {size[0]} {size[1]}", width=size[0], height=size[1],
    )  # fmt: skip
