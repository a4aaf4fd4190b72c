"""Compile the translation catalogues: `python -m safeconduct.core.languages.catalogues` (Babel; no gettext is needed)."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_catalogues(folder: Path = LOCALE) -> dict[str, tuple[int, int]]:
    """Write django.mo beside each django.po; language → (translated, all) messages. Fuzzy ones are left out."""
    found = {}
    for source in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue, use_fuzzy=False)
        messages = [m for m in catalogue if m.id]
        done = [m for m in messages if not m.fuzzy and (all(m.string) if isinstance(m.string, tuple | list) else m.string)]
        found[source.parts[-3]] = (len(done), len(messages))
    return found


if __name__ == "__main__":
    for language, (done, of) in compile_catalogues().items():
        print(f"{language}: {done} of {of} messages translated")
