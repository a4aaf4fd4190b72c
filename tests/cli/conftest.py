from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.shell import PASSWORD, Done, copied, made_once, make_real, safeconduct
from tests.sites import demonstration, site  # noqa: F401


@dataclass(frozen=True)
class Real:
    """A real site of one's own, with the file that opens it."""

    path: Path
    key: Path

    def run(self, *arguments: object, stdin: str = "") -> Done:
        return safeconduct(*arguments, "--key-file", self.key, site=self.path, stdin=stdin)

    def sign_in(self, name: str) -> None:
        signed = self.run("login", name, stdin=PASSWORD + "\n")
        assert signed.status == 0, signed.err


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory) -> Path:
    return made_once(tmp_path_factory, "real", make_real)


@pytest.fixture
def real(real_folder, tmp_path) -> Real:
    folder = copied(real_folder, tmp_path / "real")
    return Real(folder / "site", folder / "passphrase")


@pytest.fixture
def csv(tmp_path) -> Callable[..., Path]:
    """Write a csv file: `csv("people.csv", "id,given_name", "1,Mina")`."""

    def write(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
        return path

    return write
