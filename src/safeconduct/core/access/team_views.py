"""The pages on teams: which there are, who works in each, which one takes new cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access import teams
from safeconduct.core.access.models import Account, Team
from safeconduct.core.access.pages import page
from safeconduct.core.access.permissions import CASEWORK
from safeconduct.core.access.refusals import Refusal


class TeamForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=60)
    takes_new = forms.BooleanField(
        label=gettext_lazy("It takes new cases"), required=False,
        help_text=gettext_lazy("Whoever is registered from now on becomes a case of this team, until a supervisor gives it on."),
    )  # fmt: skip


class JoinForm(forms.Form):
    """One colleague more, of those who are not in the team."""

    account = forms.ModelChoiceField(label=gettext_lazy("Colleague"), queryset=Account.objects.none())

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = team.memberships.filter(ended_at=None).values("account")
        found = Account.objects.filter(is_active=True, grants__ended_at=None, grants__role__in=CASEWORK).exclude(pk__in=inside)
        self.fields["account"].queryset = found.distinct().order_by("username")  # type: ignore[attr-defined]


@page("access.manage_teams")
def team_list(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = teams.open_team(by=request.actor, at=clock.now(), **form.cleaned_data)
            return redirect("team", pk=made.pk)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
    found = list(teams.teams(seen_by=request.actor))
    context = {"teams": sorted(found, key=lambda team: (team.closed_at is not None, team.name)), "form": form}
    return render(request, "access/teams.html", context, status=422 if form.errors else 200)


@page("access.manage_teams")
def team_page(request: HttpRequest, pk: int) -> HttpResponse:
    team = _team_or_404(request, pk)
    form = JoinForm(request.POST or None, team=team)
    if request.method == "POST" and form.is_valid():
        try:
            teams.join_team(by=request.actor, team=team, account=form.cleaned_data["account"], at=clock.now())
            return redirect("team", pk=pk)
        except Refusal as refusal:
            form.add_error("account", str(refusal))
    return render(request, "access/team.html", {"team": team, "form": form}, status=422 if form.errors else 200)


@page("access.manage_teams")
@require_POST
def new_cases(request: HttpRequest, pk: int) -> HttpResponse:
    teams.give_new_cases(by=request.actor, team=_team_or_404(request, pk), at=clock.now())
    return redirect("team", pk=pk)


@page("access.manage_teams")
@require_POST
def leave(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    team = _team_or_404(request, pk)
    found = next((one.account for one in team.now if one.account_id == account), None)
    if found is None:
        raise Http404
    teams.leave_team(by=request.actor, team=team, account=found, at=clock.now())
    return redirect("team", pk=pk)


@page("access.manage_teams")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    team = _team_or_404(request, pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        teams.close_team(by=request.actor, team=team, at=clock.now())
        return redirect("teams")
    return render(request, "design/confirm.html", {
        "heading": _("Close a team"),
        "sentence": _("The team “%(name)s” works on no case any more.") % {"name": team.name},
        "consequences": [
            _("Everybody in it loses its cases at once; who has a case by name keeps it."),
            _("Cases that nobody else has stand under “Nobody” on the page of cases until they are given on."),
            _("What the team did stays on record."),
        ],
        "action_label": _("Close the team"), "cancel_url": reverse("team", args=[pk]),
    })  # fmt: skip


def _team_or_404(request: HttpRequest, pk: int) -> Any:
    found = teams.teams(seen_by=request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
