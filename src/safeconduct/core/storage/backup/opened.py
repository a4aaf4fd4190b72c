"""Open an archive: sums, key, manifest, and that both say the same. Nothing is unpacked before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.trans_null import gettext_noop as _

from ..errors import Because
from ..keys import Key
from ..sitefile import SiteFile, parse
from . import tar
from .faults import ArchiveChanged, ArchiveDamaged
from .manifest import Manifest
from .tar import Member


@dataclass(frozen=True)
class Opened:
    path: Path
    members: dict[str, Member]
    about: SiteFile
    key: Key
    manifest: Manifest

    def extract(self, name: str, target: Path) -> None:
        """Unpack one member, checked again as it is written. Raises ArchiveChanged."""
        with self.path.open("rb") as stream:
            if tar.extract(stream, self.members[name], target) != self.manifest.members[name]:
                raise ArchiveChanged(file=self.path)

    @property
    def size(self) -> int:
        return sum(member.size for member in self.members.values())


def open_archive(path: Path, key_for: Callable[[SiteFile], Key]) -> Opened:
    """Raises NotABackup, ArchiveDamaged, ArchiveRefused, ArchiveChanged, ArchiveTooNew, and what `key_for` raises."""
    members = tar.check_sums(path)
    with path.open("rb") as stream:
        about = _site_of(path, tar.read(stream, members[tar.SITE]))
        sealed = tar.read(stream, members[tar.MANIFEST])
    key = key_for(about)
    manifest = Manifest.opened(sealed, key, path)
    found = {name: member.sha256 for name, member in members.items() if name != tar.MANIFEST}
    if found != manifest.members:
        raise ArchiveChanged(file=path)
    return Opened(path, members, about, key, manifest)


def key_by(passphrase: bytes) -> Callable[[SiteFile], Key]:
    """The key of the site in an archive, by passphrase. Raises WrongPassphrase."""
    return lambda about: Key(about.seal.open(passphrase, bound_to=about.kind), proven=True)


def _site_of(path: Path, content: bytes) -> SiteFile:
    try:
        return parse(content.decode())
    except (ValueError, KeyError, TypeError):
        reason = Because(_("its site.toml cannot be understood."))
        raise ArchiveDamaged(file=path, reason=reason) from None
