"""What is kept no longer than it is needed: rules that run by themselves, each an action with an entry where it took something.

Source: General Data Protection Regulation, article 5(1)(e); ICRC, Rules on Personal Data Protection (2020), article 12.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.documents.api import sweep
from safeconduct.register.documents.queries import files_on_record
from safeconduct.register.models import Erasure, ErasureGround, ImportBatch, ImportedRow, Person
from safeconduct.register.queries import is_here

SHEET_DAYS, ORPHAN_DAYS, AT_ONCE = 30, 1, 500


def rules() -> list[tuple[object, int]]:
    """What is kept for how many days, in words."""
    return [
        (_("A sheet that was read in and waits for a decision; then it is discarded"), SHEET_DAYS),
        (_("A file of which no record knows; then it is taken away"), ORPHAN_DAYS),
        (_("An entry of the log of reads; then it is cut off"), settings.READS_KEPT_DAYS),
        (_("The record of somebody who left; then its erasure is asked for"), settings.KEPT_AFTER_LEAVING_DAYS),
    ]


def old_sheets(at: datetime) -> list[ImportBatch]:
    """Sheets that waited too long."""
    waiting = (ImportBatch.State.WAITING, ImportBatch.State.COLUMNS)
    return list(ImportBatch.objects.filter(state__in=waiting, read_at__lt=at - timedelta(days=SHEET_DAYS)).defer("content"))


@action(permission="storage.tidy", audit=gettext_noop("old sheets discarded"))
def discard_old_sheets(*, by: Actor, at: datetime) -> int:
    """Discard sheets that waited too long; gives their number."""
    found = old_sheets(at)
    ImportedRow.objects.filter(batch__in=found).delete()
    ImportBatch.objects.filter(pk__in=[each.pk for each in found]).update(
        state=ImportBatch.State.DISCARDED, content=None, decided_at=at, file_name="", sheet="", headers=[], mapping={}
    )
    remark(rows=len(found))
    return len(found)


def long_gone(at: datetime) -> list[Person]:
    """People who left so long ago that their record is to be looked at, and of whom no erasure was asked for since then."""
    before = clock.day_of(at) - timedelta(days=settings.KEPT_AFTER_LEAVING_DAYS)
    found = Person.objects.filter(~is_here("pk"), erasures=None).annotate(left=Max("presences__ends")).filter(left__lt=before)
    return list(found.order_by("number")[:AT_ONCE])


@action(permission="storage.tidy", audit=gettext_noop("erasure asked for those who left long ago"))
def ask_for_those_long_gone(*, by: Actor, at: datetime) -> int:
    """Ask that their records are erased; a data-protection officer decides on each. Gives their number."""
    found = long_gone(at)
    Erasure.objects.bulk_create(Erasure(person=each, ground=ErasureGround.NO_LONGER_NEEDED, asked_at=at) for each in found)
    remark(people=len(found))
    return len(found)


def sweep_files(at: datetime) -> int:
    """Take away files of documents of which no record knows; gives their number. They cannot be opened by anybody."""
    return sweep(files_on_record(), older_than=(at - timedelta(days=ORPHAN_DAYS)).timestamp())
