"""Writes the gallery: one folder a language, one file a page, the static files beside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test import RequestFactory
from django.urls import get_urlconf, set_urlconf
from django.utils.translation import override

from safeconduct.core.design.gallery.matter import matter
from safeconduct.core.design.gallery.shown import components, forms_shown, pictures
from safeconduct.core.languages import LANGUAGES

PAGES = {
    "lists": "design/gallery/lists.html",
    "thread": "design/gallery/thread.html",
    "forms": "design/gallery/forms.html",
    "pictures": "design/gallery/pictures.html",
    "reading": "design/gallery/reading.html",
    "confirm": "design/confirm.html",
    "refusal": "design/refusal.html",
    "404": "design/404.html",
    "500": "design/500.html",
}
STATIC = [
    "design/tokens.css", "design/components.css", "design/favicon.svg", "design/fonts/vazirmatn-arabic-400.woff2",
    "design/fonts/vazirmatn-arabic-700.woff2", "django_htmx/htmx-2.min.js",
]  # fmt: skip


def write(out: Path) -> list[Path]:
    """All pages and what they load; returns the pages that were written."""
    for name in STATIC:
        found = finders.find(name)
        assert found, name
        target = out / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(found), target)
    before = get_urlconf()
    set_urlconf("safeconduct.core.design.gallery.urls")
    try:
        return list(_pages(out))
    finally:
        set_urlconf(before)


def _pages(out: Path) -> Iterator[Path]:
    for language in LANGUAGES:
        (out / language).mkdir(parents=True, exist_ok=True)
        for name, template in PAGES.items():
            with override(language):
                html = render_to_string(template, _context(name, language))
            page = out / language / f"{name}.html"
            page.write_text(html.replace(static(""), "../static/"), encoding="utf-8")
            yield page


def _context(name: str, language: str) -> dict[str, Any]:
    m = matter(language)
    return {
        "m": m,
        "request": RequestFactory().get("/", {"sort": "-age"}),
        "site": {"name": m["site"], "demonstration": True, "today": date(2013, 12, 31)},
        "actor": SimpleNamespace(account=True, name=m["officer"]),
        "navigation": [(m[key], f"{page}.html", page == name) for key, page in _NAVIGATION],
        "today": date(2013, 12, 31),
        **components(m),
        **forms_shown(m),
        **pictures(m, language),
    }


_NAVIGATION = (
    ("people", "lists"), ("thread", "thread"), ("forms", "forms"), ("pictures", "pictures"), ("offer", "reading"),
    ("confirm", "confirm"),
)  # fmt: skip
