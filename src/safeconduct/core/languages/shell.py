"""The language of the shell, as LANG says, and its words: read without Django, as commands speak before a site is open."""

from __future__ import annotations

import gettext as catalogues
import os
from collections.abc import Iterable
from functools import cache

from safeconduct.core.languages.catalogues import LOCALE
from safeconduct.core.languages.scripts import LANGUAGES


def language() -> str:
    """The language of LANG where the site speaks it, else English."""
    wanted = os.environ.get("LANG", "")[:2]
    return wanted if wanted in LANGUAGES else "en"


def gettext(text: str) -> str:
    """The text in the shell's language."""
    return _catalogue().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The text in the shell's language, in the form that the count asks for."""
    return _catalogue().ngettext(one, many, count)


def listed(names: Iterable[str]) -> str:
    """Names in a row, parted as the shell's language parts them."""
    return _catalogue().pgettext("between items of a list", ", ").join(names)


@cache
def _catalogue() -> catalogues.NullTranslations:
    return catalogues.translation("django", LOCALE, [language()], fallback=True)
