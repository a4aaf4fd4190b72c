"""What other rooms use of storage."""

from . import locking, recovery
from .backup import Receipt, backup, check_sums, restore
from .backup.temporary import connected
from .errors import StorageFault, WrongPassphrase
from .handover import handing_over, receive
from .passphrase import obtain, obtain_new
from .site import SiteFolder, destroy

__all__ = [
    "Receipt",
    "SiteFolder",
    "StorageFault",
    "WrongPassphrase",
    "backup",
    "check_sums",
    "connected",
    "destroy",
    "handing_over",
    "locking",
    "obtain",
    "obtain_new",
    "receive",
    "recovery",
    "restore",
]
