"""Keeping: a sealed backup, written into the audit chain; and the proof of one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, NotPermitted, action, remark
from safeconduct.core.audit import api as audit
from safeconduct.core.reads import verification as reads
from safeconduct.core.storage.api import Receipt, SiteFolder, backup

__all__ = ["back_up", "faults_of_copy"]


def faults_of_copy(copy: Any, folder: Path) -> list[str]:
    """What is wrong with the audit chain and with the log of reads in a copy of a site."""
    return audit.faults_of_copy(copy, folder) or reads.faults_of_copy(copy, folder)


def back_up(site: SiteFolder, target: Path, *, by: Actor) -> Receipt:
    """Make a proven backup and record that it was made: its digest and size, before the receipt is handed over."""
    if not by.may("storage.back_up"):
        raise NotPermitted()
    at = clock.now()
    receipt = backup(site, target, at=at, verify=faults_of_copy)
    record_backup(by=by, sha256=receipt.sha256, size=receipt.bytes, at=at)
    return receipt


@action(permission="storage.back_up", audit=gettext_noop("backup made"))
def record_backup(*, by: Actor, sha256: str, size: int, at: datetime) -> str:
    """Record a backup in the audit chain."""
    remark(sha256=sha256, bytes=size)
    return sha256
