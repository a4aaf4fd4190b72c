"""The log of reads from the shell: what leaves is in it, it goes with a backup, and its loss is seen and mended in the open."""

from __future__ import annotations

from tests.shell import inside, safeconduct

CUT = """
from safeconduct.core.reads import book
log = book.open_sealed(book.place(), book.key_of(book.place().parent), purpose=book.PURPOSE, isolation_level=None)
for (name,) in log.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall(): log.execute(f"DROP TRIGGER {name}")
log.execute("PRAGMA foreign_keys = OFF")
log.execute("DELETE FROM seen WHERE entry = 1")
log.execute("DELETE FROM entries WHERE number = 1")
log.close()
"""


def reads(site):
    return safeconduct("audit", "verify", "--json", site=site).told["reads"]


def test_whoever_leaves_in_a_sheet_is_in_the_log_and_the_log_goes_with_a_backup_and_is_proven_in_it(site, tmp_path):
    assert reads(site) == {"entries": 0, "breaks": []}
    assert safeconduct("export", "people", tmp_path / "people.csv", site=site).status == 0
    assert safeconduct("plan", site=site).status == 0, "an act anchors it; a plan shows nobody"
    assert reads(site) == {"entries": 1, "breaks": []}
    told = inside(site, "from safeconduct.core.reads import book\nanswer = book.ask('SELECT page, people FROM entries')")
    rows = len((tmp_path / "people.csv").read_text().splitlines()) - 1
    assert told == [["export", rows]] and rows > 50

    assert safeconduct("backup", tmp_path / "sound", site=site).status == 0
    restored = safeconduct("restore", tmp_path / "sound", tmp_path / "again", "--key-file", site / "key")
    assert restored.status == 0, restored.err
    assert reads(tmp_path / "again") == {"entries": 1, "breaks": []}

    inside(site, CUT)
    assert reads(site) == {"entries": 0, "breaks": [{"number": 1, "code": "truncated"}]}
    refused = safeconduct("backup", tmp_path / "cut", site=site)
    assert refused.status == 2 and "entry 1 of the log of reads: truncated" in refused.err
    assert not (tmp_path / "cut").exists()


def test_a_lost_log_shuts_what_shows_people_until_an_administrator_begins_a_new_one(site, tmp_path):
    assert safeconduct("export", "people", tmp_path / "first.csv", site=site).status == 0
    (site / "reads.sqlite3").unlink()
    for beside in site.glob("reads.sqlite3-*"):
        beside.unlink()
    shut = safeconduct("export", "people", tmp_path / "second.csv", site=site)
    assert shut.status == 2 and "cannot be written down who reads it" in shut.err
    assert not (tmp_path / "second.csv").exists()
    verified = safeconduct("audit", "verify", site=site)
    assert verified.status == 1 and "reads.sqlite3 is missing" in verified.err and "0 breaks" in verified.out
    assert safeconduct("migrate", site=site).status == 0 and not (site / "reads.sqlite3").exists()
    begun = safeconduct("audit", "new-reads-log", site=site)
    assert begun.status == 0 and "begins with entry" in begun.out, begun.err
    assert safeconduct("export", "people", tmp_path / "third.csv", site=site).status == 0
    assert reads(site)["entries"] == 1 and reads(site)["breaks"] == []
    again = safeconduct("audit", "new-reads-log", site=site)
    assert again.status == 2 and "is there" in again.err
    kept = safeconduct("audit", "cut-reads", site=site)
    assert kept.status == 2 and "older than 1825 days" in kept.err
