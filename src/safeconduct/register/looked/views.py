"""Who looked at a record: the time line, and a protection officer's two decisions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.core.languages import localise_digits
from safeconduct.core.reads.faults import ReadsNotWritten
from safeconduct.core.reads.queries import Look, looked_before, looks_at
from safeconduct.core.storage.errors import StorageFault
from safeconduct.register.looked import actions, queries
from safeconduct.register.looked.forms import NamesForm, PaperForm
from safeconduct.register.models import Person
from safeconduct.register.showing import name_of
from safeconduct.register.views.common import language, person_or_404

DAYS = 30


@page("reads.see")
def looked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Thirty days of the log: by day and role; names of staff while a decision shows them."""
    person = person_or_404(request, pk)
    until, level = _day(request.GET.get("until", "")), request.GET.get("level", "")
    since = until - timedelta(days=DAYS - 1)
    every = _looks(person, since, until)
    looks = queries.only(every, level)
    shown_until = queries.names_shown_until(person, seen_by=request.actor, at=clock.now())
    older = looked_before(person.pk, _begins(since))
    return render(request, "register/looked/looked.html", {
        "person": person, "name": name_of(person, language=language()), "since": since, "until": until, "times": len(looks),
        "days": queries.by_day(looks, named=shown_until is not None), "named_until": shown_until,
        "groups": _groups(every, level, until), "decisions": queries.decisions(person),
        "earlier": f"?{urlencode({'until': (since - timedelta(days=1)).isoformat(), 'level': level})}" if older else "",
        "later": f"?{urlencode({'until': min(until + timedelta(days=DAYS), clock.today()).isoformat(), 'level': level})}"
        if until < clock.today() else "",
        "may_name": request.actor.may("reads.name_staff") and shown_until is None,
        "may_print": request.actor.may("reads.hand_over"),
    })  # fmt: skip


@page("reads.name_staff")
def name_staff(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide that the names of staff are shown, for 24 hours."""
    person = person_or_404(request, pk)
    form = NamesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.name_staff(by=request.actor, person=person, reason=form.cleaned_data["reason"], at=clock.now())
        return redirect("person_looked", pk=pk)
    return _one_form(request, person, form, {
        "heading": _("Show the names of staff"), "label": _("Show them for 24 hours"),
        "says": _("Why should the names of colleagues stand in this person's log? They are shown to protection officers "
                  "who have the case, for 24 hours; the decision stays on record."),
    })  # fmt: skip


@page("reads.hand_over")
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide that the person gets the log on paper, then the paper, ready to be printed."""
    person = person_or_404(request, pk)
    shown = queries.names_shown_until(person, seen_by=request.actor, at=clock.now()) is not None
    form = PaperForm(request.POST or None, names_shown=shown, initial={"language": _spoken(person)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        named = bool(given.get("names"))
        looks = _looks(person)
        try:
            made = actions.hand_over(by=request.actor, person=person, reason=given["reason"], names=named, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            with override(given["language"]):
                return render(request, "register/looked/paper.html", {
                    "person": person, "name": name_of(person, language=given["language"]), "named": named,
                    "made": made, "days": queries.by_day(looks, named=named), "times": len(looks),
                    "language": given["language"], "direction": "rtl" if given["language"] in ("fa", "ar") else "ltr",
                })  # fmt: skip
    return _one_form(request, person, form, {
        "heading": _("A copy on paper for the person"), "label": _("Make the paper"),
        "says": _("Give it to the person alone, into their own hand, where nobody reads along. It says by role and day who looked "
                  "at the record and what was shown; found by others it can do harm."),
    })  # fmt: skip


def _one_form(request: HttpRequest, person: Person, form: Any, context: dict[str, Any]) -> HttpResponse:
    name = name_of(person, language=language())
    status = 422 if form.errors else 200
    return render(request, "register/looked/decide.html", {"person": person, "name": name, "form": form, **context}, status=status)


def _looks(person: Person, since: date | None = None, until: date | None = None) -> list[Look]:
    """The looks of these days, both included. The log itself says so where it cannot be read."""
    ends = _begins(until + timedelta(days=1)) if until else None
    try:
        return looks_at(person.pk, since=_begins(since) if since else None, until=ends)
    except StorageFault as fault:
        raise ReadsNotWritten(reason=fault.sentence()) from fault


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(settings.SITE_ZONE))


def _day(told: str) -> date:
    """The last day that is shown: as the address says, never after today."""
    try:
        return min(date.fromisoformat(told), clock.today())
    except ValueError:
        return clock.today()


def _spoken(person: Person) -> str:
    offered = [code for code, _name in settings.LANGUAGES]
    return next((one.language for one in person.languages.all() if one.language in offered), language())


def _groups(looks: list[Look], level: str, until: date) -> list[Any]:
    """The filter beside the time line: by what was shown."""
    at = {"until": until.isoformat()}
    choices = [(_("Everything"), localise_digits(str(len(looks)), language()), f"?{urlencode(at)}", not level)]
    for code, says, n in queries.level_counts(looks):
        choices.append((capfirst(says), localise_digits(str(n), language()), f"?{urlencode({**at, 'level': code})}", level == code))
    return [(_("What was shown"), choices)]
