"""What storage says when it cannot go on: a code for machines, a sentence for people, and what to do now.

Before Django is set up they are told in the language of LANG: many of these faults happen while the settings themselves
are being read.
"""

from typing import ClassVar

from django.apps import apps
from django.db import DatabaseError, OperationalError
from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop  # marks a text without asking the settings

from safeconduct.core.languages import shell


class StorageFault(Exception):
    """A fault of the site's folder, key, database or backup. Keyword values fill the sentences."""

    code: ClassVar[str] = "storage.fault"
    says: ClassVar[str] = ""
    mend: ClassVar[str] = ""

    def __init__(self, **numbers: object) -> None:
        self.numbers = numbers
        super().__init__(self.code)

    def sentence(self) -> str:
        return _filled(self.says, self.numbers)

    def way_out(self) -> str:
        return _filled(self.mend, self.numbers)

    def __str__(self) -> str:
        return f"{self.sentence()} {self.way_out()}".strip()


def _filled(text: str, numbers: dict[str, object]) -> str:
    return (text and (gettext if apps.ready else shell.gettext)(text)) % numbers


class Because:
    """A reason inside a sentence, translated when it is read."""

    def __init__(self, text: str, **numbers: object) -> None:
        self.text, self.numbers = text, numbers

    def __str__(self) -> str:
        return _filled(self.text, self.numbers)


class NoSite(StorageFault):
    code = "storage.no_site"
    says = gettext_noop("No site was named, and there is no folder demo-site here.")
    mend = gettext_noop("Name the site's folder with --site or SAFECONDUCT_SITE, or make one with: safeconduct init FOLDER")


class NotASite(StorageFault):
    code = "storage.not_a_site"
    says = gettext_noop("%(folder)s is not the folder of a site: %(reason)s")
    mend = gettext_noop("Name a folder that holds site.toml, or make a new site with: safeconduct init FOLDER")


class FolderInUse(StorageFault):
    code = "storage.folder_in_use"
    says = gettext_noop("%(folder)s exists already and is not an empty folder.")
    mend = gettext_noop("Name a new folder. Nothing was changed.")


class FolderNotWritable(StorageFault, OperationalError):
    code = "storage.folder_not_writable"
    says = gettext_noop("Nothing can be written in the site's folder %(folder)s: %(reason)s.")
    mend = gettext_noop("Check that the disk is there, has room, and that the folder belongs to you.")


class SiteLocked(StorageFault, OperationalError):
    code = "storage.locked"
    says = gettext_noop("The site is sealed: this process does not hold its key.")
    mend = gettext_noop("Unlock the site with its passphrase first.")


class WrongPassphrase(StorageFault, OperationalError):
    code = "storage.wrong_passphrase"
    says = gettext_noop("The passphrase does not open this site.")
    mend = gettext_noop(
        "Check keyboard layout and capital letters and try again. "
        "If it was right before, site.toml may have been changed: take it from a backup."
    )


class NotSealed(StorageFault, OperationalError):
    code = "storage.not_sealed"
    says = gettext_noop("%(file)s is a plain SQLite file that anybody can read, not a sealed database.")
    mend = gettext_noop("Put the site's own database back, or restore a backup into a new folder.")


class DatabaseMissing(StorageFault, OperationalError):
    code = "storage.database_missing"
    says = gettext_noop("The database %(file)s is missing.")
    mend = gettext_noop("Put the file back, or restore a backup into a new folder.")


class DatabaseUnreadable(StorageFault, OperationalError):
    code = "storage.database_unreadable"
    says = gettext_noop("The database %(file)s cannot be opened: %(reason)s.")
    mend = gettext_noop("Check that the disk is there, has room, and that the folder belongs to you.")


class DamagedDatabase(StorageFault, DatabaseError):
    code = "storage.damaged_database"
    says = gettext_noop("The database %(file)s is damaged, or belongs to another site: its content fails the check of its seal.")
    mend = gettext_noop("Stop, keep the file as it is, and restore the latest backup into a new folder with: safeconduct restore")


class NoPassphrase(StorageFault):
    code = "storage.no_passphrase"
    says = gettext_noop("The site is sealed, and no passphrase was given.")
    mend = gettext_noop("Run the command in a terminal, or give a key file with --key-file or a descriptor with --key-fd.")


class KeyFileRefused(StorageFault):
    code = "storage.key_file_refused"
    says = gettext_noop("The key file %(file)s is refused: %(reason)s")
    mend = gettext_noop("Keep it outside the site's folder, owned by you, readable by nobody else: chmod 600 FILE")


class KeyDescriptorRefused(StorageFault):
    code = "storage.key_descriptor_refused"
    says = gettext_noop("Descriptor %(number)s gave no usable key: %(reason)s")
    mend = gettext_noop("Open the descriptor for reading in the process that starts this one, and let it be inherited.")


class PassphrasesDiffer(StorageFault):
    code = "storage.passphrases_differ"
    says = gettext_noop("The two passphrases differ.")
    mend = gettext_noop("Type the same one twice.")


class WeakPassphrase(StorageFault):
    code = "storage.weak_passphrase"
    says = gettext_noop("This passphrase is too easy to guess: %(reason)s")
    mend = gettext_noop("Take five or six unrelated words, at least %(least)d characters, used nowhere else.")
