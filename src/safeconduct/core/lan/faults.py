"""What serving a team says when it cannot begin."""

from __future__ import annotations

from django.utils.translation.trans_null import gettext_noop

from safeconduct.core.storage.api import StorageFault


class NameRefused(StorageFault):
    code = "lan.name_refused"
    says = gettext_noop("“%(name)s” can't be the name under which a team finds this site: %(reason)s")
    mend = gettext_noop("Take a name of this machine, such as camp.local. Nothing was changed.")


class AnotherName(StorageFault):
    code = "lan.another_name"
    says = gettext_noop("This site's authority vouches for %(known)s only, not for %(name)s.")
    mend = gettext_noop(
        "Serve it with --lan %(known)s, or make a new authority, which every machine must trust anew: --new-authority"
    )


class AuthorityUnreadable(StorageFault):
    code = "lan.authority_unreadable"
    says = gettext_noop("The authority of this site can't be used: authority.crt and authority.key are damaged or of another site.")
    mend = gettext_noop("Put both files back, or make a new authority, which every machine must trust anew: --new-authority")


class ClockBehind(StorageFault):
    code = "lan.clock_behind"
    says = gettext_noop(
        "The clock of this machine says %(now)s, and this site or its authority was made later, at %(start)s. "
        "Browsers would refuse the site."
    )
    mend = gettext_noop("Set the clock of this machine, then start again.")


class AuthorityOver(StorageFault):
    code = "lan.authority_over"
    says = gettext_noop("The site's authority ended at %(end)s, and the clock of this machine says %(now)s.")
    mend = gettext_noop(
        "If the clock is wrong, set it. If it is right, make a new authority, which every machine must trust anew: --new-authority"
    )


class NoMemoryFile(StorageFault):
    code = "lan.no_memory_file"
    says = gettext_noop("This system has no files in memory, so that the key of the certificate would lie on the disk.")
    mend = gettext_noop("Serve a team from Linux. On this machine alone, safeconduct serve works without --lan.")
