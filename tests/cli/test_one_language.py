"""Whoever reads Persian reads one language in the shell: its own sentences and those of the rooms."""

from __future__ import annotations

import re

from tests.shell import safeconduct

HEADER = "id,given_name,family_name,father_name,sex,birth_date,nationality,colour"
GOOD = "N-1,Nilufar,Samadi,Karim,female,1971-05-02,IRN,blue"
BAD = "N-2,Parviz,Samadi,Karim,male,31/31/1960,IRN,green"
# What stays as a machine writes it: options, files, codes of offers and columns, commands.
CODES = re.compile(r"--[a-z-]+|[\w./-]*[./][\w./-]+|\w+(?:[-_]\w+)+|safeconduct [a-z]+|\b(?:colour|FOLDER)\b")


def english(told: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", CODES.sub("", told))


def test_a_persian_user_reads_no_english_sentence(site, csv, tmp_path):
    assert english("There is no plan 99.") == ["There", "is", "no", "plan"]
    sheet = csv("mixed.csv", HEADER, GOOD, BAD)
    for arguments, place, status in (
        (("import", "people", sheet, "--dry-run"), site, 3),
        (("import", "people", sheet), site, 3),
        (("plan",), site, 0),
        (("plan", "--scenario", "romania-group"), site, 0),
        (("plan", "show", "99"), site, 2),
        (("audit", "verify"), site, 0),
        (("plan",), None, 2),  # refused before a site is open
    ):
        done = safeconduct(*arguments, site=place, cwd=tmp_path, env={"LANG": "fa_IR.UTF-8"})
        told = (done.out + done.err).strip()
        assert done.status == status, told
        assert told and english(told) == [], told
