"""Merging a family unit into another, and splitting one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.register import queries as register
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.merging import actions, queries
from safeconduct.register.merging.forms import FamilyMergeForm, FamilyNumberForm, FamilySplitForm
from safeconduct.register.merging.ties import THIS
from safeconduct.register.models import FamilyUnit, Membership, RelationToHead
from safeconduct.register.showing import name_of
from safeconduct.register.views.common import family_or_404, language


@page("register.merge")
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the number of the other family, then who of two heads stays head."""
    unit = family_or_404(request, pk)
    form = FamilyNumberForm(request.POST or None)
    other = _other(request, form) if request.method == "POST" and form.is_valid() else None
    if other is None:
        return render(
            request, "register/merging/family_number.html", {"unit": unit, "form": form}, status=422 if form.errors else 200
        )
    members = {each.pk: register.members(each, seen_by=request.actor) for each in (unit, other)}
    heads = [next((m for m in found if m.relationship == RelationToHead.HEAD), None) for found in members.values()]
    names = (_name(heads[0]), _name(heads[1])) if len(heads) == 2 and heads[0] and heads[1] else None
    asked = FamilyMergeForm(request.POST if "compared" in request.POST else None, heads=names, number=other.number)
    if "compared" in request.POST and asked.is_valid():
        given = asked.cleaned_data
        try:
            actions.merge_families(
                by=request.actor, family=unit, other=other, head=given.get("head", THIS), reason=given["reason"], at=clock.now()
            )
            return redirect("family", unit.pk)
        except Refusal as refusal:
            asked.add_error(None, str(refusal))
    return render(request, "register/merging/family_compare.html", {
        "unit": unit, "other": other, "form": asked, "coming": [(_name(m), m) for m in members[other.pk]],
    }, status=422 if asked.errors else 200)  # fmt: skip


def _other(request: HttpRequest, form: FamilyNumberForm) -> FamilyUnit | None:
    named = FamilyUnit.objects.filter(number=form.cleaned_data["number"]).first()
    found = register.family(named.pk, seen_by=request.actor) if named else None
    if found is None:
        form.add_error("number", str(NoSuchRecord()))
    return found


def _name(membership: Membership | None) -> str:
    return str(name_of(membership.person, language=language())) if membership else ""


@page("register.merge")
def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who never belonged to this family unit."""
    unit = family_or_404(request, pk)
    members = register.members(unit, seen_by=request.actor)
    form = FamilySplitForm(request.POST or None, members=[(one, _name(one)) for one in members])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = [one for one in members if str(one.pk) in given["members"]]
        try:
            done = actions.split_family(
                by=request.actor, family=unit, number=given["number"].strip(), members=chosen, reason=given["reason"],
                at=clock.now(),
            )  # fmt: skip
            return redirect("family", done.other_family_id)
        except Refusal as refusal:
            form.add_error("number" if "number" in refusal.code else "members", str(refusal))
    return render(request, "register/merging/family_split.html", {"unit": unit, "form": form}, status=422 if form.errors else 200)


@page("register.merge")
def merges(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every merge and split of a family unit."""
    unit = family_or_404(request, pk)
    done = list(queries.merges_of_family(unit))
    last = next((one.pk for one in done if one.undone_at is None), None)
    return render(request, "register/merging/family_merges.html", {"unit": unit, "merges": done, "last": last})


@page("register.merge")
@require_POST
def undo(request: HttpRequest, pk: UUID, merge: UUID) -> HttpResponse:
    unit = family_or_404(request, pk)
    found = queries.merges_of_family(unit).filter(pk=merge).first()
    if found is None:
        raise NoSuchRecord()
    actions.undo_merge(by=request.actor, merge=found, at=clock.now())
    return redirect("family_merges", unit.pk)
