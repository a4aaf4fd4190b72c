"""What is killed, one line each: how it is started as its users start it, and what stands when it has said that it is done.

To add one: a name, the command, and (where it makes a file) what is made. Everything else is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# A sheet that changes people who are there, adds some, and moves somebody to a new family.
SHEET = "\r\n".join([
    "id,given_name,family_name,father_name,sex,birth_date,nationality,family_id,relationship,block",
    *(f"N-{n:04d},Zohreh{n},Ahmadi,Hasan,female,1970-01-{1 + n % 28:02d},IRN,FN-{n // 4:03d},{'head' if n % 4 == 0 else 'child'},9"
      for n in range(400)),
    "",
])  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """A command that is killed; `made`: a file or folder that stands whole or not at all.

    `before`: a command that makes way for it. `gone`: a folder that it takes away at its end. `repeats`: where it was killed
    too early, the same command goes through.
    """

    name: str
    command: Callable[[Path, list[str]], list[object]]
    made: str = ""
    before: str = ""
    gone: str = ""
    repeats: bool = True


def _import(folder: Path, people: list[str]) -> list[object]:
    sheet = folder / "people.csv"
    sheet.write_text(SHEET)
    return ["import", "people", sheet]


OPERATIONS = (
    Operation("import", _import),
    Operation("plan", lambda folder, people: ["plan"]),
    Operation("merge", lambda folder, people: ["merge", people[0], people[1], "--why", "said"]),
    Operation("backup", lambda folder, people: ["backup", folder / "copy"], made="copy"),
    Operation("take", lambda folder, people: ["travel", "take", folder / "copy"], made="copy", before="lost", repeats=False),
    Operation("return", lambda folder, people: ["travel", "bring-back", folder / "along"], gone="along"),
)

# What is done on the travelling copy before it is brought back: everybody moves, and one in three says another sex.
ALONG = """
import sys
from pathlib import Path
from safeconduct.cli.opening import opened
with opened(Path(sys.argv[1])):
    from safeconduct.core import clock
    from safeconduct.core.access.api import Account
    from safeconduct.register.actions import move_person
    from safeconduct.register.models import Person, Presence
    by, at = Account.objects.get(username="registrar").actor("shell"), clock.now()
    here = Presence.objects.filter(ends=None).values("person")
    for person in Person.objects.filter(pk__in=here).order_by("number"):
        move_person(by=by, person=person, block="77", on=clock.today(), at=at)
"""
