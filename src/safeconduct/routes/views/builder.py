"""Building the rule of an offer: kinds, operators and values from lists, each condition with its sentence at once.

The draft lives in the session until it is saved; every step is a POST and a redirect, so that it needs no script.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.routes import actions
from safeconduct.routes.criteria import Rule, kinds, parse
from safeconduct.routes.drafts import NEW, with_criterion, without
from safeconduct.routes.eligibility import rule_of
from safeconduct.routes.forms.rule import CriterionForm
from safeconduct.routes.models import Offer
from safeconduct.routes.showing import title_of, tongue
from safeconduct.routes.views.common import offer_or_404


@page("routes.edit_offers")
def offer_rule(request: HttpRequest, slug: str) -> HttpResponse:
    found = offer_or_404(request, slug)
    draft = request.session.get(f"rule:{found.pk}") or {}
    rule = parse(draft["text"]) if "text" in draft else rule_of(found.criteria)
    form = None
    if request.method == "POST":
        deed = request.POST.get("do", "")
        if deed == "save":
            actions.set_criteria(by=request.actor, offer=found, criteria=rule.text(), at=clock.now())
        form = _step(request, found, rule, deed)
        if form is None:
            return redirect("offer" if deed in ("save", "leave") else "offer_rule", slug=slug)
    elif draft.get("kind") in kinds():
        form = CriterionForm(kind=kinds()[draft["kind"]])
    return render(request, "routes/rule.html", {
        "offer": found, "title": title_of(found), "clauses": _clauses(rule), "changed": rule != rule_of(found.criteria),
        "kinds": [(name, kind.label) for name, kind in kinds().items()], "form": form, "clause": draft.get("clause", NEW) + 1,
        "kind": kinds()[draft["kind"]].label if form else "",
    }, status=422 if form is not None and form.is_bound else 200)  # fmt: skip


def _step(request: HttpRequest, offer: Offer, rule: Rule, deed: str) -> CriterionForm | None:
    """One step: the draft changes, or the form comes back with its errors."""
    key = f"rule:{offer.pk}"
    what, *numbers = deed.split(":")
    if what in ("save", "leave"):
        request.session.pop(key, None)
    elif what == "drop" and len(numbers) == 2 and all(n.isdigit() for n in numbers):
        request.session[key] = {"text": without(rule, int(numbers[0]), int(numbers[1])).text()}
    elif what == "kind" and request.POST.get("kind") in kinds():
        clause = int(numbers[0]) if numbers and numbers[0].isdigit() else NEW
        request.session[key] = {"text": rule.text(), "kind": request.POST["kind"], "clause": clause}
    elif what == "add":
        draft = request.session.get(key) or {}
        if draft.get("kind") not in kinds():
            return None
        form = CriterionForm(request.POST, kind=kinds()[draft["kind"]])
        if not form.is_valid():
            return form
        request.session[key] = {"text": with_criterion(rule, draft.get("clause", NEW), form.cleaned_data["criterion"]).text()}
    else:
        request.session[key] = {"text": rule.text()}
    return None


def _clauses(rule: Rule) -> list[dict[str, Any]]:
    readings = rule.readings(tongue())
    return [
        {
            "at": at, "reading": capfirst(readings[at]), "field": f"kind-{at}",
            "alternatives": [(f"drop:{at}:{n}", one.reading(tongue())) for n, one in enumerate(clause)],
            "says": _("Condition %(n)s") % {"n": at + 1},
        }
        for at, clause in enumerate(rule.clauses)
    ]  # fmt: skip
