"""Cases and who has them: the list, one case, giving and taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, Team, page
from safeconduct.core.languages import localise_digits
from safeconduct.register import actions, cases
from safeconduct.register import rows as listing
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.forms.cases import AssignForm, OtherCaseForm
from safeconduct.register.models import Case
from safeconduct.register.showing import name_of
from safeconduct.register.views.common import language


@page("register.assign_cases")
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases by number; several can be ticked and given at once."""
    asked = {name: request.GET.get(name, "")[:40] for name in ("given", "team", "block")}
    form = AssignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = _ticked(request)
        if chosen:
            actions.assign(by=request.actor, cases=chosen, at=clock.now(), **form.target())
            return redirect(f"{reverse('cases')}?{urlencode({k: v for k, v in asked.items() if v})}")
        form.add_error(None, _("Tick at least one case."))
    after = request.GET.get("after", "")
    found, more = cases.cases(
        seen_by=request.actor, **asked, after=int(after) if after.isdecimal() else 0, at=clock.now()
    )  # fmt: skip
    context = {
        "cases": [_shown(one) for one in found], "after": more, "form": form, "groups": _groups(request, asked),
        "without": cases.without_anybody(seen_by=request.actor, at=clock.now()),
    }  # fmt: skip
    return render(request, "register/cases.html", context, status=422 if form.errors else 200)


def _ticked(request: HttpRequest) -> list[Case]:
    numbers = [int(one) for one in request.POST.getlist("case") if one.isdecimal()][:500]
    return list(Case.objects.filter(number__in=numbers).order_by("number"))


def _shown(one: Case) -> dict[str, Any]:
    people = list(one.people.all())
    return {
        "case": one, "people": [(person, name_of(person, language=language())) for person in people[:3]],
        "more": max(len(people) - 3, 0), "now": one.now,  # type: ignore[attr-defined]
        "blocks": sorted({stay.block for person in people if (stay := listing.stay_of(person)) and not stay.ends and stay.block}),
    }  # fmt: skip


def _groups(request: HttpRequest, asked: dict[str, str]) -> list[Any]:
    def choice(label: object, name: str, value: str) -> tuple[object, int | None, str, bool]:
        query = {**asked, name: value}
        return label, None, "?" + urlencode({k: v for k, v in query.items() if v}), asked[name] == value

    teams = [choice(str(team), "team", str(team.pk)) for team in Team.objects.filter(closed_at=None).order_by("name")]
    blocks = [block for block, _n in listing.blocks(seen_by=request.actor) or [] if block]
    return [
        (_("Who has it"), [
            choice(_("All"), "given", ""), choice(_("Nobody"), "given", "nobody"), choice(_("A colleague"), "given", "one"),
        ]),
        (_("Team"), [choice(_("Any team"), "team", ""), *teams]),
        (_("Block"), [
            choice(_("Any block"), "block", ""),
            *(choice(localise_digits(block, language()), "block", block) for block in blocks),
        ]),
    ]  # fmt: skip


@page("register.assign_cases")
def case_page(request: HttpRequest, number: int) -> HttpResponse:
    """One case: its people, who has it, who had it; give it on, or take it back."""
    found = _case_or_404(request, number)
    form = AssignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.assign(by=request.actor, cases=[found], at=clock.now(), **form.target())
        return redirect("case", number=number)
    return render(request, "register/case.html", {
        **_shown(found), "people": [(person, name_of(person, language=language())) for person in found.people.all()],
        "history": cases.history(found), "form": form,
    }, status=422 if form.errors else 200)  # fmt: skip


@page("register.assign_cases")
@require_POST
def end_assignment(request: HttpRequest, number: int, assignment: int) -> HttpResponse:
    found = _case_or_404(request, number).assignments.filter(pk=assignment).first()
    if found is None:
        raise NoSuchRecord()
    actions.end_assignment(by=request.actor, assignment=found, at=clock.now())
    return redirect("case", number=number)


@page("register.assign_cases")
def other_case(request: HttpRequest, number: int, pk: UUID) -> HttpResponse:
    """Put one person of a case into another one."""
    found = _case_or_404(request, number)
    person = next((one for one in found.people.all() if one.pk == pk), None)
    if person is None:
        raise NoSuchRecord()
    form = OtherCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["case"]
        other = Case.objects.filter(number=wanted).first() if wanted else None
        if wanted and other is None:
            form.add_error("case", _("There is no case of this number."))
        else:
            try:
                made = actions.put_into_case(by=request.actor, person=person, case=other, at=clock.now())
                return redirect("case", number=made.number)
            except Refusal as refusal:
                form.add_error("case", str(refusal))
    return render(request, "register/other_case.html", {
        "case": found, "person": person, "name": name_of(person, language=language()), "form": form,
    }, status=422 if form.errors else 200)  # fmt: skip


def _case_or_404(request: HttpRequest, number: int) -> Case:
    found = cases.case(number, seen_by=request.actor, at=clock.now())
    if found is None:
        raise NoSuchRecord()
    return found
