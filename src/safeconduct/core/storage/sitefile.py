"""site.toml: what a site is called, where its records are, and the seal of its key. Nothing secret."""

import json
import os
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation.trans_null import gettext_noop

from .errors import Because, NotASite
from .seal import Cost, Seal

NAME = "site.toml"
_LARGEST = 64 * 1024

Kind = Literal["demonstration", "real"]


@dataclass(frozen=True)
class Recovery:
    """The site's key once more, wrapped under a secret of which three officers hold shares; `number` is that of the split."""

    number: int
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True)
class SiteFile:
    """The content of site.toml. `service` names a PostgreSQL service; empty means the embedded database.

    `today`: the day at which a demonstration stands; a real site has none. `travel`: of which travel this is the copy, as the
    register that it left knows it; empty for a site of its own.
    """

    name: str
    kind: Kind
    created: datetime
    zone: str
    languages: tuple[str, ...]
    seal: Seal
    service: str = ""
    today: date | None = None
    recovery: Recovery | None = None
    travel: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.name.isprintable():
            raise ValueError(gettext_noop("the name is empty or holds control characters"))
        if self.kind not in ("demonstration", "real"):
            raise ValueError("kind is neither demonstration nor real")
        if self.created.tzinfo is None:
            raise ValueError("created has no time zone")
        if not self.languages or not all(code.isascii() and code.replace("-", "").isalnum() for code in self.languages):
            raise ValueError("languages are missing or no language codes")
        if not self.service.isascii() or not (self.service or "x").replace("-", "").replace("_", "").isalnum():
            raise ValueError(gettext_noop("the PostgreSQL service has a name of other characters than letters, digits, - and _"))
        if self.today and self.kind != "demonstration":
            raise ValueError("only a demonstration stands at a day of its own")
        if self.travel:
            UUID(self.travel)
        ZoneInfo(self.zone)


def read_site_file(folder: Path) -> SiteFile:
    """Read a site's site.toml. Raises NotASite with the reason."""
    path = folder / NAME
    try:
        if not path.is_file():
            raise NotASite(folder=folder, reason=Because(gettext_noop("it holds no site.toml.")))
        if path.stat().st_size > _LARGEST:
            raise NotASite(folder=folder, reason=Because(gettext_noop("its site.toml is far too long.")))
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotASite(folder=folder, reason=f"{error.strerror}.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise NotASite(
            folder=folder, reason=Because(gettext_noop("its site.toml cannot be understood (%(error)s)."), error=error)
        ) from None


def parse(text: str) -> SiteFile:
    """Understand the text of a site.toml. Raises ValueError, KeyError or TypeError."""
    content: dict[str, Any] = tomllib.loads(text)
    site, seal, database = content["site"], content["seal"], content["database"]
    if database["engine"] not in ("embedded", "postgresql"):
        raise ValueError("the database is neither embedded nor postgresql")
    service = str(database["service"]) if database["engine"] == "postgresql" else ""
    return SiteFile(
        name=str(site["name"]),
        kind=site["kind"],
        created=site["created"],
        zone=str(site["zone"]),
        today=date.fromisoformat(site["today"]) if site.get("today") else None,
        languages=tuple(str(code) for code in site["languages"]),
        seal=Seal(
            salt=bytes.fromhex(seal["salt"]),
            cost=Cost(int(seal["passes"]), int(seal["memory_kib"]), int(seal["lanes"])),
            wrapped=bytes.fromhex(seal["wrapped_key"]),
        ),
        service=service,
        recovery=_recovery_of(content.get("recovery")),
        travel=str(content.get("travelling_copy", {}).get("of", "")),
    )


def _recovery_of(told: dict[str, Any] | None) -> Recovery | None:
    return Recovery(int(told["number"]), bytes.fromhex(told["wrapped_key"])) if told else None


def text_of(site: SiteFile) -> str:
    """The text of a site.toml."""
    engine = f'engine = "postgresql"\nservice = {_quoted(site.service)}' if site.service else 'engine = "embedded"'
    return f"""\
# A Safeconduct site. The passphrase is not in here; without it nobody reads the records.
[site]
name = {_quoted(site.name)}
kind = "{site.kind}"
created = {site.created.isoformat(timespec="seconds")}
zone = {_quoted(site.zone)}
today = "{site.today.isoformat() if site.today else ""}"
languages = [{", ".join(_quoted(code) for code in site.languages)}]

[database]
{engine}

# The site's key, wrapped with AES-256-GCM under Argon2id of the passphrase.
[seal]
salt = "{site.seal.salt.hex()}"
passes = {site.seal.cost.passes}
memory_kib = {site.seal.cost.memory_kib}
lanes = {site.seal.cost.lanes}
wrapped_key = "{site.seal.wrapped.hex()}"
{_recovery_text(site.recovery)}{_travel_text(site.travel)}"""


def _recovery_text(recovery: Recovery | None) -> str:
    if recovery is None:
        return ""
    return f"""
# The same key, wrapped under a secret of which three officers hold shares.
[recovery]
number = {recovery.number}
wrapped_key = "{recovery.wrapped.hex()}"
"""


def _travel_text(travel: str) -> str:
    return (
        f'\n# Some cases of another site, taken along; it opens no export, account or plan.\n[travelling_copy]\nof = "{travel}"\n'
        if travel
        else ""
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, through to the disk; an earlier one is replaced at once or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _quoted(text: str) -> str:
    # Printable text only (checked above), so that JSON's quoting is TOML's.
    return json.dumps(text, ensure_ascii=False)
