"""What a backup or a restore says when it cannot go on."""

from django.utils.translation.trans_null import gettext_noop

from ..errors import StorageFault


class BackupNotWritten(StorageFault):
    code = "storage.backup_not_written"
    says = gettext_noop("The backup %(file)s could not be written: %(reason)s")
    mend = gettext_noop("Nothing was left behind and the site is as it was. Choose another place, or make room there.")


class BackupNotProven(StorageFault):
    code = "storage.backup_not_proven"
    says = gettext_noop("The copy does not hold what it should: %(faults)s")
    mend = gettext_noop("The file was not kept. Check the site's own records with: safeconduct audit verify")


class NotABackup(StorageFault):
    code = "storage.not_a_backup"
    says = gettext_noop("%(file)s is not a backup of a site.")
    mend = gettext_noop("Name the file that safeconduct backup has written.")


class ArchiveDamaged(StorageFault):
    code = "storage.archive_damaged"
    says = gettext_noop("The backup %(file)s is damaged: %(reason)s")
    mend = gettext_noop("Take another copy of it, or an earlier backup. Nothing was restored.")


class ArchiveRefused(StorageFault):
    code = "storage.archive_refused"
    says = gettext_noop("The backup %(file)s holds what no backup holds: %(reason)s")
    mend = gettext_noop("Somebody has made or changed this file. Do not use it. Nothing was restored.")


class ArchiveChanged(StorageFault):
    code = "storage.archive_changed"
    says = gettext_noop("The backup %(file)s was changed by somebody who does not hold the site's key.")
    mend = gettext_noop("Do not use it; ask where the file has been. Nothing was restored.")


class ArchiveTooNew(StorageFault):
    code = "storage.archive_too_new"
    says = gettext_noop("The backup %(file)s was written by a newer Safeconduct than this one.")
    mend = gettext_noop("Install the newer version and restore with it. Nothing was restored.")


class RestoreNotProven(StorageFault):
    code = "storage.restore_not_proven"
    says = gettext_noop("The records in the backup do not hold together: %(faults)s")
    mend = gettext_noop("Take an earlier backup. Nothing was restored.")


class NoRoom(StorageFault):
    code = "storage.no_room"
    says = gettext_noop("The backup needs %(needed)d MB, and the disk has %(free)d MB free.")
    mend = gettext_noop("Make room or name a folder on another disk. Nothing was restored.")


class DatabaseInUse(StorageFault):
    code = "storage.database_in_use"
    says = gettext_noop("The PostgreSQL database of service %(service)s already holds %(tables)d tables.")
    mend = gettext_noop("Create an empty database for the restore. Nothing was restored.")
