"""A lost passphrase: shares for three officers, the drill, and the opening by two of them; each written into the audit chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Role, action, remark
from safeconduct.core.storage.api import SiteFolder, recovery


@action(permission="storage.split_recovery", audit=gettext_noop("recovery split among officers"))
def split_recovery(*, by: Actor, site: SiteFolder, at: datetime) -> list[str]:
    """Three shares of which two open the site; older ones no longer do. They are kept nowhere: hand them out at once."""
    shares = recovery.split(site)
    remark(number=site.about.recovery.number if site.about.recovery else 0)
    return shares


@action(permission="storage.split_recovery", audit=gettext_noop("recovery drilled"))
def record_drill(*, by: Actor, held: Sequence[int], at: datetime) -> None:
    """Record that two officers showed that their shares open the site."""
    remark(shares=list(held))


@action(permission="storage.split_recovery", audit=gettext_noop("passphrase replaced with officers' shares"))
def record_recovery(*, by: Actor, held: Sequence[int], at: datetime) -> None:
    """Record that two officers opened the site and gave it a new passphrase."""
    remark(shares=list(held))


@action(permission="storage.split_recovery", audit=gettext_noop("passphrase changed"))
def change_passphrase(*, by: Actor, site: SiteFolder, passphrase: bytes, at: datetime) -> None:
    """Seal the site's key under another passphrase. Older backups still open with the old one. Raises WeakPassphrase."""
    site.change_passphrase(passphrase)


def opened_by_shares(held: Sequence[int], *, at: datetime) -> None:
    """Record the opening in the name of whoever sets the site up: nobody is signed in."""
    record_recovery(by=Actor.setting_up([Role.ADMINISTRATOR]), held=held, at=at)


def drilled(held: Sequence[int], *, at: datetime) -> None:
    """The same for a drill."""
    record_drill(by=Actor.setting_up([Role.ADMINISTRATOR]), held=held, at=at)
