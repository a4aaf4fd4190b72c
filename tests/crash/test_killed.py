"""kill -9 at random moments: nothing is half-written, nothing that was acknowledged is lost, and the chains verify.

`make test-crash` kills 200 times on each database, `make test` 20 times; most near the end, where things are written.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.crash.operations import OPERATIONS, Operation
from tests.crash.places import LOOK, Place, embedded, make_embedded, make_on_postgresql, postgresql
from tests.shell import made_once
from tests.sites import fresh

pytestmark = pytest.mark.storage
POSTGRESQL = os.environ.get("DB") == "postgres"
IN_THE_CLEAR = (b"Zohreh1", b"Ahmadi")


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    if POSTGRESQL:
        return made_once(tmp_path_factory, "killed-on-postgresql", make_on_postgresql)
    return made_once(tmp_path_factory, "killed", lambda folder: make_embedded(fresh(tmp_path_factory), folder))


def look(place: Place):
    return json.loads(place.run(place.site, program=LOOK))


def make_way(place: Place, operation: Operation) -> None:
    """One copy is out at a time: the one that is ready to come back is declared lost before another is taken."""
    if operation.before:
        out = json.loads(place.run("travel", "list", "--json", "--site", place.site))
        place.run("travel", operation.before, out[0]["travel"], "--site", place.site)


def killed(place: Place, operation: Operation, people: list[str], after: float) -> int | None:
    """Start, wait, kill the whole group; the exit status where it ended before."""
    process = place.start(*operation.command(place.folder, people))
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < after:
        time.sleep(0.002)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    _out, said = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), said.decode()
    return 0 if process.returncode == 0 else None


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_what_is_killed_was_never_or_is_whole(operation, template, tmp_path, kills, tell):
    on = postgresql if POSTGRESQL else embedded
    with on(template, tmp_path / "whole") as place:
        make_way(place, operation)
        before = look(place)
        began = time.monotonic()
        process = place.start(*operation.command(place.folder, before["people"]))
        _out, said = process.communicate()
        assert process.returncode == 0, said.decode()
        takes = time.monotonic() - began
        after = look(place)
    assert before["faults"] == after["faults"] == []
    assert before["rows"] != after["rows"] or operation.made
    share = -(-kills // len(OPERATIONS))
    counted = {"never": 0, "whole": 0, "acknowledged": 0}
    for number in range(share):
        chance = random.Random(f"{operation.name} {number}")
        with on(template, tmp_path / str(number)) as place:
            make_way(place, operation)
            ended = killed(place, operation, before["people"], after=takes * chance.triangular(0.3, 1.2, 1.0))
            found = look(place)
            where = f"{operation.name}, kill {number}"
            assert found["faults"] == [], where
            assert found["rows"] in (before["rows"], after["rows"]), where
            whole = (place.folder / operation.made).exists() if operation.made else found["rows"] == after["rows"]
            assert whole or ended is None, f"{where}: acknowledged and lost"
            assert not operation.gone or ended is None or not (place.folder / operation.gone).exists(), f"{where}: still there"
            counted["acknowledged" if ended == 0 else "whole" if whole else "never"] += 1
            lies_in_the_clear(place, operation)
            if number == share - 1 and not whole and operation.repeats:
                again = place.start(*operation.command(place.folder, before["people"]))
                _out, said = again.communicate()
                assert again.returncode == 0, f"{where}: {said.decode()}"
                assert look(place)["rows"] == after["rows"]
    on_what = "PostgreSQL" if POSTGRESQL else "sealed file"
    ends = (
        f"{counted['never']} left nothing, {counted['whole']} whole before the word, {counted['acknowledged']} done before the kill"
    )
    tell(f"{operation.name:<8} {on_what:<12} {share:>4} kills: {ends}")


def lies_in_the_clear(place: Place, operation: Operation) -> None:
    """Whatever a killed command leaves behind holds no name that can be read."""
    for path in place.folder.rglob("*"):
        if path.is_file() and path.name != "people.csv":
            content = path.read_bytes()
            assert not any(name in content for name in IN_THE_CLEAR), f"{operation.name} left {path.name} readable"
