"""The facts of an entry as a reader sees them: each key as words, each value exactly as it was written."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Key of a fact → its words. A key that is not here stands as it is.
LABELS: dict[str, Any] = {
    "account": gettext_lazy("account"),
    "allowed": gettext_lazy("allowed"),
    "back": gettext_lazy("return allowed"),
    "browsers": gettext_lazy("sessions in browsers"),
    "bytes": gettext_lazy("bytes"),
    "cases": gettext_lazy("cases"),
    "changed": gettext_lazy("changed"),
    "code": gettext_lazy("reason of the refusal"),
    "columns": gettext_lazy("columns"),
    "consent": gettext_lazy("consent"),
    "counts": gettext_lazy("counts"),
    "digest": gettext_lazy("digest"),
    "document": gettext_lazy("document"),
    "ended": gettext_lazy("ended"),
    "failures": gettext_lazy("wrong tries"),
    "family": gettext_lazy("family"),
    "faulty": gettext_lazy("faulty"),
    "fields": gettext_lazy("fields"),
    "files": gettext_lazy("files"),
    "first": gettext_lazy("first number that is kept"),
    "ground": gettext_lazy("ground"),
    "heard": gettext_lazy("own views heard"),
    "held": gettext_lazy("waiting for a decision"),
    "held_back": gettext_lazy("held back"),
    "justified": gettext_lazy("justified"),
    "kind": gettext_lazy("kind"),
    "left": gettext_lazy("left over"),
    "left_out": gettext_lazy("left out"),
    "merge": gettext_lazy("merge or split"),
    "names": gettext_lazy("with names of staff"),
    "new": gettext_lazy("new"),
    "number": gettext_lazy("number"),
    "offer": gettext_lazy("offer"),
    "other": gettext_lazy("other person"),
    "pages": gettext_lazy("pages"),
    "part": gettext_lazy("part"),
    "people": gettext_lazy("people"),
    "person": gettext_lazy("person"),
    "placed": gettext_lazy("people with a place"),
    "plan": gettext_lazy("plan allowed"),
    "previous": gettext_lazy("digest before it"),
    "proof": gettext_lazy("shown at sign-in"),
    "purpose": gettext_lazy("purpose"),
    "readings": gettext_lazy("readings"),
    "reason": gettext_lazy("reason"),
    "recipient": gettext_lazy("recipient"),
    "records": gettext_lazy("records"),
    "role": gettext_lazy("role"),
    "rows": gettext_lazy("rows"),
    "scenario": gettext_lazy("scenario"),
    "session": gettext_lazy("session"),
    "sessions": gettext_lazy("sessions"),
    "sha256": "SHA-256",
    "shares": gettext_lazy("shares"),
    "shells": gettext_lazy("sessions in shells"),
    "since": gettext_lazy("locked at"),
    "split": gettext_lazy("family split allowed"),
    "status": gettext_lazy("status"),
    "stayed": gettext_lazy("steps that stayed"),
    "taken": gettext_lazy("rows taken"),
    "talks": gettext_lazy("talks"),
    "told": gettext_lazy("time told by the copy"),
    "travel": gettext_lazy("travelling copy"),
    "team": gettext_lazy("team"),
    "version": gettext_lazy("version"),
    "via": gettext_lazy("by way of"),
    "why": gettext_lazy("why it ended"),
}


def facts_shown(text: str) -> list[tuple[str, str]]:
    """(words, value) of every fact, none left out; what is no JSON object stands whole, as it was written."""
    try:
        facts = json.loads(text)
    except ValueError:
        facts = None
    if not isinstance(facts, dict):
        return [("", text)]
    return [(str(LABELS.get(key, key)), _value(value)) for key, value in facts.items()]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and value:
        return ", ".join(_value(one) for one in value)
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
