"""Backup and restore: one sealed file, proven before it gets its name; a folder, proven before it becomes a site."""

from .make import backup
from .receipt import Receipt
from .restore import restore
from .tar import check_sums

__all__ = ["Receipt", "backup", "check_sums", "restore"]
