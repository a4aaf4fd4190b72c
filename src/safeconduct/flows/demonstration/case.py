"""Load the bundled case: public facts with their sources, and the invented register."""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import Account, Actor, Role
from safeconduct.core.sources.models import Source
from safeconduct.register.api import (
    OWN,
    Evidence,
    FieldGroup,
    Person,
    Purpose,
    kinds,
    record_consents,
)
from safeconduct.register.arrive import read_sheet
from safeconduct.routes.api import (
    Offer,
    add_status,
    publish_sheet,
    save_claim,
    save_instrument,
    save_source,
)

Progress = Callable[[str, int, int | None], None]


def load_case(folder: Path, *, seed: int, people: int, at: datetime, progress: Progress) -> dict[str, int]:
    """Load a case folder (facts/, sheets/, build.py) through the same actions and sheets as any site. Safe to repeat."""
    facts, by = folder / "facts", _loader()
    progress(_("sources and legal regime"), 0, None)
    _sources(facts, by, at)
    _regime(facts, by, at)
    with tempfile.TemporaryDirectory(prefix="safeconduct-case-") as made:
        progress(_("inventing people"), 0, None)
        with contextlib.redirect_stdout(io.StringIO()):
            _built(folder).main(["--seed", str(seed), "--people", str(people), "--out", made])
        counts = _sheets(Path(made), ("people", "families", "offers"), by, at, progress)
        _offers(folder, facts, by, at)
        counts |= _sheets(Path(made), ("choices", "choices_later"), by, at, progress)
    progress(_("consents"), 0, None)
    counts["consents"] = _consents(by, at)
    return counts


def _loader() -> Actor:
    """Who loads: all casework roles at once, as nobody may on a real site."""
    account = Account.objects.filter(is_demonstration=True, grants__role=Role.REGISTRAR).first()
    roles = frozenset({Role.REGISTRAR, Role.RESETTLEMENT_OFFICER, Role.PROTECTION_OFFICER, Role.CHILD_PROTECTION_OFFICER})
    return Actor(account=account.pk if account else None, roles=roles, via="setup")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def _built(folder: Path) -> Any:
    spec = importlib.util.spec_from_file_location("safeconduct_case_build", folder / "build.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sheets(made: Path, names: tuple[str, ...], by: Actor, at: datetime, progress: Progress) -> dict[str, int]:
    counts = {}
    for name in names:
        kind = kinds()[name.split("_")[0]]
        path = made / f"{name}.csv"
        reads, takes = _("reading %(sheet)s") % {"sheet": name}, _("taking in %(sheet)s") % {"sheet": name}
        reading = read_sheet(path, kind, by=by, today=clock.day_of(at), progress=lambda n, step=reads: progress(step, n, None))
        if reading.parsed.faults:
            fault = reading.parsed.faults[0]
            raise ValueError(f"{name}, row {fault.row}, {fault.column}: {fault.says}")
        rows = reading.rows_to_take()
        if rows:
            kind.take(by=by, rows=rows, at=at, progress=lambda n, of, step=takes: progress(step, n, of))
        counts[name] = len(reading.compared)
    return counts


def _sources(facts: Path, by: Actor, at: datetime) -> None:
    known = set(Source.objects.values_list("key", flat=True))
    for row in _rows(facts / "sources.csv"):
        if row["key"] not in known:
            values = {"publisher": row["publisher"], "publisher_kind": row["publisher_kind"], "title": row["title"],
                      "published": row["date"], "url": row["url"], "how_read": row["how_read"]}  # fmt: skip
            save_source(by=by, key=row["key"], values=values, at=at)


def _regime(facts: Path, by: Actor, at: datetime) -> None:
    readings: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _rows(facts / "regime_readings.csv"):
        readings[row["instrument"]].append({
            "says": row["reading"], "says_fa": row["reading_fa"], "says_ar": row["reading_ar"], "speaker": row["speaker"],
            "source_id": row["source_id"] or None, "disputed_by": row["disputed_by"],
        })  # fmt: skip
    for row in _rows(facts / "regime.csv"):
        values = {
            "kind": row["kind"],
            "title": row["title"],
            "title_fa": row["title_fa"],
            "title_ar": row["title_ar"],
            "body": row["body"],
            "day": row["date"],
            "ends": row["ends"],
            "says": row["says"],
            "says_fa": row["says_fa"],
            "says_ar": row["says_ar"],
            "source_id": row["source_id"] or None,
        }
        save_instrument(by=by, key=row["key"], values=values, readings=readings[row["key"]], at=at)


def _offers(folder: Path, facts: Path, by: Actor, at: datetime) -> None:
    """The whole ladder of each offer, what is claimed about it, and its information sheets."""
    offers = {offer.key: offer for offer in Offer.objects.all()}
    sources = {source.key: source for source in Source.objects.all()}
    for row in _rows(facts / "offer_statuses.csv"):
        add_status(
            by=by,
            offer=offers[row["offer_id"]],
            status=row["status"],
            on=_day(row["date"]),
            at=at,
            source=sources.get(row["source_id"]),
            speaker=row["speaker"],
            note=row["note"],
            counts=row["counts"] == "yes",
        )
    for row in _rows(facts / "offer_claims.csv"):
        values = {
            "about": row["field"],
            "says": row["says"],
            "says_fa": row["says_fa"],
            "says_ar": row["says_ar"],
            "speaker": row["speaker"],
            "source": sources.get(row["source_id"]),
            "said": row["date"],
        }
        save_claim(by=by, offer=offers[row["offer_id"]], values=values, at=at)
    for path in sorted((folder / "sheets").glob("*.json")):
        sheet = json.loads(path.read_text(encoding="utf-8"))
        for version in sheet["versions"]:
            publish_sheet(
                by=by, offer=offers[sheet["offer"]], version=version["version"], published_on=date.fromisoformat(version["date"]),
                sections=version["sections"], at=at,
            )  # fmt: skip


def _day(told: str) -> date:
    """A day of which perhaps only the month or year is known: its first day."""
    return date.fromisoformat({4: f"{told}-01-01", 7: f"{told}-01"}.get(len(told), told))


def _consents(by: Actor, at: datetime) -> int:
    """Invented consents: four in five of the people whose standing choice names a state agreed to be submitted to it."""
    made, day = 0, clock.day_of(at)
    if Person.objects.filter(consents__isnull=False).exists():
        return made
    record_consents(
        by=by, people=list(Person.objects.values_list("pk", flat=True)), purpose=Purpose.WORK_COPY, recipient=OWN,
        scope=set(FieldGroup) - {FieldGroup.PHOTOGRAPH, FieldGroup.DOCUMENTS}, starts=day - timedelta(days=20),
        ends=day + timedelta(days=180), evidence=Evidence.SIGNED, language="fa", views_heard=True, at=at,
    )  # fmt: skip
    rows = Person.objects.filter(choices__superseded_at=None, choices__entries__answer="yes", choices__entries__rank=1)
    told = rows.values_list("pk", "choices__entries__offer__destination").order_by("number")
    scope = set(FieldGroup) - {FieldGroup.PHOTOGRAPH, FieldGroup.DOCUMENTS, FieldGroup.CONTACT, FieldGroup.STAY, FieldGroup.CHOICES}
    by_state: dict[str, list[UUID]] = defaultdict(list)
    for number, (person, state) in enumerate(told):
        if number % 5:
            by_state[state].append(person)
    for state, people in sorted(by_state.items()):
        made += record_consents(
            by=by, people=people, purpose=Purpose.SUBMISSION, recipient=state, scope=scope, starts=day - timedelta(days=20),
            ends=day + timedelta(days=180), evidence=Evidence.SIGNED, language="fa", views_heard=True, own_state_known=True, at=at,
        )  # fmt: skip
    return made
