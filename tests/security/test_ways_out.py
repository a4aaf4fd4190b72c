"""Where a page or a command writes a file: the code is read, and each such place is known with what it rests on."""

from __future__ import annotations

import re
from pathlib import Path

import safeconduct

PACKAGE = Path(safeconduct.__file__).parent
_OUT = re.compile(r"Content-Disposition|FileResponse|StreamingHttpResponse|\bwrite_(?:xlsx|csv|ods)\(")
GATED = {
    "departures/actions.py": "asks may_leave in the action that writes the sheet",
    "departures/views.py": "gives out what departures/actions.py made",
    "register/documents/views.py": "an original asks may_leave in its action; a page is drawn anew and shown within a page",
    "register/exports/actions.py": "asks may_leave in the action that writes the sheet, and needs two people",
    "register/exports/views.py": "gives out what register/exports/actions.py made",
}
NOBODY_IN_IT = {
    "core/lan/views.py": "the certificate of the site's own authority, which is public",
    "plans/views/plan.py": "counts by offer, no row about a person",
    "register/arrive/writing.py": "refuses every kind of sheet in which people stand",
}
BROUGHT_IN = {
    "register/arrive/views.py": "gives the same officer back the faulty rows of the sheet that the officer brought in",
}


def ways_out() -> set[str]:
    found = (path for path in PACKAGE.rglob("*.py") if "spreadsheets" not in path.parts and _OUT.search(path.read_text()))
    return {str(path.relative_to(PACKAGE)) for path in found}


def test_every_way_out_is_known_with_what_it_rests_on():
    assert ways_out() == set(GATED) | set(NOBODY_IN_IT) | set(BROUGHT_IN)


def test_a_sheet_about_people_is_written_by_no_other_way():
    assert "if found.groups or" in (PACKAGE / "register/arrive/writing.py").read_text()
    gate = (PACKAGE / "register/exports/gate.py").read_text()
    assert "may_leave(" in gate and "gate_for(" in (PACKAGE / "register/exports/actions.py").read_text()


def test_the_submissions_ask_the_gate_inside_the_action():
    assert "standing(approved" in (PACKAGE / "departures/actions.py").read_text()
    assert "may_leave(" in (PACKAGE / "departures/gate.py").read_text()
