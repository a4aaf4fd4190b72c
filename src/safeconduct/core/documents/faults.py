"""Why a file cannot be kept, each with its mend. The text of a fault is its code: a file may hold a name."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

FAULTS: Final[dict[str, tuple[Any, Any]]] = {
    "documents.empty": (_("The file is empty."), _("Choose the file again.")),
    "documents.too_large": (
        _("The file is larger than %(limit)s MB."), _("Photograph or scan it with fewer dots, or page by page."),
    ),
    "documents.unknown_kind": (
        _("This is no picture, PDF or plain text, whatever its name says."),
        _("Photograph the paper, or save it as PDF, JPEG or PNG."),
    ),
    "documents.too_many_pixels": (
        _("The picture has %(width)s × %(height)s dots: far more than any paper needs."),
        _("Photograph or scan it with fewer dots."),
    ),
    "documents.too_many_pages": (
        _("The document has %(pages)s pages; at most %(limit)s are kept in one."), _("Save it in parts and add each."),
    ),
    "documents.too_long": (_("The text is longer than %(limit)s characters."), _("Save it in parts and add each.")),
    "documents.has_a_password": (
        _("The PDF opens only with a password."), _("Open it, print it into a new PDF without a password, and add that one."),
    ),
    "documents.damaged": (
        _("The file is damaged: it says what it is, and what follows cannot be read."),
        _("Take another copy, or photograph the paper."),
    ),
    "documents.too_much": (
        _("The file needs more memory or time than a paper needs. It was stopped."), _("Photograph the paper instead."),
    ),
}  # fmt: skip


class CannotBeKept(Exception):
    """A file that is refused before anything of it is kept."""

    def __init__(self, code: str, **numbers: Any) -> None:
        super().__init__(code)
        self.code, self.numbers = code, numbers

    @property
    def says(self) -> str:
        return str(FAULTS[self.code][0]) % self.numbers

    @property
    def mend(self) -> str:
        return str(FAULTS[self.code][1]) % self.numbers
