"""What other rooms use of storage."""

from .errors import StorageFault, WrongPassphrase
from .passphrase import obtain, obtain_new
from .site import SiteFolder

__all__ = ["SiteFolder", "StorageFault", "WrongPassphrase", "obtain", "obtain_new"]
