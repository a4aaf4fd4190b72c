"""What has left under a consent that was withdrawn, and asking for it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.core.reads.api import seen
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.levels import CONSENTS
from safeconduct.register.models import Recall, RecallAnswer
from safeconduct.register.recall import actions
from safeconduct.register.recall.leavings import left_under
from safeconduct.register.showing import name_of, recipient_name
from safeconduct.register.views.common import known_person_or_404, language

_MEANINGS = {"deleted": "done", "refused": "attention", "silent": "attention", "": "waits"}


@page("register.record_consent")
def recall(request: HttpRequest, pk: UUID, consent: UUID) -> HttpResponse:
    """The list, with one thing to do for each: ask, or say what was answered."""
    person = known_person_or_404(request, pk)
    given = person.consents.select_related("withdrawal").filter(pk=consent).first()
    if given is None or not hasattr(given, "withdrawal"):
        raise NoSuchRecord()
    seen(person, CONSENTS)
    left = left_under(given)
    asked = {each.leaving: each for each in Recall.objects.filter(leaving__in=[one.key for one in left])}
    fault = ""
    if request.method == "POST":
        try:
            _act(request, person, given, asked)
            return redirect("consent_recall", pk, consent)
        except Refusal as refusal:
            fault = str(refusal)
    return render(request, "register/recall/recall.html", {
        "person": person, "name": name_of(person, language=language()), "consent": given, "fault": fault,
        "recipient": recipient_name(given.recipient, language=language()), "answers": RecallAnswer.choices,
        "left": [(one, asked.get(one.key), _MEANINGS[asked[one.key].answer] if one.key in asked else "none") for one in left],
    }, status=422 if fault else 200)  # fmt: skip


def _act(request: HttpRequest, person: Any, given: Any, asked: dict[str, Recall]) -> None:
    leaving, answer = request.POST.get("leaving", ""), request.POST.get("answer", "")
    if answer and leaving in asked and answer in RecallAnswer.values:
        actions.answer_recall(by=request.actor, person=person, recall=asked[leaving], answer=answer, at=clock.now())
    else:
        actions.ask_recall(by=request.actor, person=person, consent=given, leaving=leaving, at=clock.now())
