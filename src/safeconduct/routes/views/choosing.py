"""Choosing, for reading aloud: one offer a screen, the order, alone or not, the read-back, the record. `room` comes before it.

Everything after the room's question is spoken in the person's language. Until the read-back is agreed to, nothing is on record.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.languages import language_name
from safeconduct.core.reads.api import seen
from safeconduct.register.api import CHOICES
from safeconduct.routes import actions, queries, talk
from safeconduct.routes.models import Answer, Offer
from safeconduct.routes.reading import minutes, places_read, room_sentence, steps
from safeconduct.routes.showing import NOT_COUNTED, ladder, title_of, tongue, who_may_go
from safeconduct.routes.talk import Talk
from safeconduct.routes.views.common import person_or_404
from safeconduct.routes.views.offers import hard_first
from safeconduct.routes.views.room import onward

# The kind of a sheet's section → its picture.
PICTURES = {
    "exclusions": "leaves_out", "unknown": "not_known", "not_promised": "no_promise", "conditions": "asked", "if_yes": "if_you_go",
    "if_no": "stays_open",
}  # fmt: skip


@page("routes.record_choices")
def choosing_offer(request: HttpRequest, pk: UUID, mark: UUID, number: int) -> HttpResponse:
    """One offer, its hard parts first, then the three answers."""
    going = talk.find(request.session, mark, person=pk)
    if not 1 <= number <= len(going.offers):
        raise Http404
    key = going.offers[number - 1]
    if request.method == "POST":
        going.answer(key, request.POST.get("answer", ""))
        talk.keep(request.session, going)
        return onward(going, pk)
    offer = queries.offer(key, seen_by=request.actor)
    sheet = next((s for s in offer.sheets.all() if s.version == going.versions[key]), None) if offer else None
    if offer is None or sheet is None:
        raise Http404
    with override(going.language):
        sections = [
            {"head": s.get_kind_display(), "picture": PICTURES.get(s.kind, ""), "lines": getattr(s, tongue()).splitlines(),
             "id": f"part-{s.pk}"}
            for s in hard_first(sheet.sections.all())
        ]  # fmt: skip
        return _read(request, "offer", going, pk, {
            "offer": offer, "title": title_of(offer), "sheet": sheet, "sections": sections, "who": who_may_go(offer),
            "minutes": minutes(line for section in sections for line in section["lines"]), "places": places_read(offer),
            "rungs": [rung | {"url": ""} for rung in ladder(offer.statuses.all(), clock.today(), assumed=offer.assumed)],
            "number": number,
            "answers": [
                (Answer.YES, _("Yes"), _("you put it in your order next")), (Answer.NO, _("No"), _("closes no other way")),
                (Answer.NOT_NOW, _("Not now"), _("we ask again when you wish")),
            ],
            "said": {"yes": _("yes"), "no": _("no"), "not_now": _("not now")}.get(going.answers.get(key, ""), ""),
            "earlier_url": reverse("choosing_offer", args=[pk, mark, number - 1]) if number > 1 else "",
        }, at=2, offer_number=number)  # fmt: skip


@page("routes.record_choices")
def choosing_order(request: HttpRequest, pk: UUID, mark: UUID) -> HttpResponse:
    """The order of the offers that were answered with yes, changed by moving one at a time."""
    going = talk.find(request.session, mark, person=pk)
    if request.method == "POST" and "move" in request.POST:
        going.move(request.POST["move"])
        talk.keep(request.session, going)
        return redirect("choosing_order", pk=pk, mark=mark)
    if request.method == "POST" or len(going.order) < 2:
        return redirect("choosing_alone", pk=pk, mark=mark)
    with override(going.language):
        offers = _offers(request)
        return _read(request, "order", going, pk, {"items": [(key, title_of(offers[key])) for key in going.order]}, at=3)


@page("routes.record_choices")
def choosing_alone(request: HttpRequest, pk: UUID, mark: UUID) -> HttpResponse:
    """Whether the person would go without the family if need be; asked only of those who have one here."""
    going = talk.find(request.session, mark, person=pk)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        going.alone = request.POST["answer"] == "yes"
        talk.keep(request.session, going)
        return redirect("choosing_back", pk=pk, mark=mark)
    person = person_or_404(request, pk)
    if not going.order or not any(membership.ends is None for membership in person.memberships.all()):
        return redirect("choosing_back", pk=pk, mark=mark)
    with override(going.language):
        return _read(request, "alone", going, pk, {"answers": [
            ("no", _("Only together"), _("I wait until my family can go with me")),
            ("yes", _("Also alone"), _("I go first if there is no place for all")),
        ]}, at=3)  # fmt: skip


@page("routes.record_choices")
def choosing_back(request: HttpRequest, pk: UUID, mark: UUID) -> HttpResponse:
    """What was said, read back in the person's language; then the record."""
    going = talk.find(request.session, mark, person=pk)
    person = person_or_404(request, pk)
    before = queries.standing_choices(on=clock.today(), only=[pk]).get(pk)
    seen(person, CHOICES)
    with override(going.language):
        offers = _offers(request)
        titles = {key: title_of(offers[key]) for key in going.offers if key in offers}
        by_id = {offer.pk: offer.key for offer in offers.values()}
        silent = [key for key in going.offers if key not in going.answers]
        said_before = {by_id.get(a.offer, "") for a in before.answers} if before else set()
        return _read(request, "back", going, pk, {
            "yes": [(titles[key], _link(pk, mark, going, key)) for key in going.order],
            "no": [(titles[key], _link(pk, mark, going, key)) for key in going.offers if going.answers.get(key) == "no"],
            "not_now": [(titles[key], _link(pk, mark, going, key)) for key in going.offers if going.answers.get(key) == "not_now"],
            "silent": [(titles[key], _link(pk, mark, going, key)) for key in silent],
            "lost": [titles[key] for key in silent if key in said_before], "alone": going.alone if going.order else None,
            "provisional": NOT_COUNTED.get(going.counts.code, ""), "anything": bool(going.answers),
            "family": any(membership.ends is None for membership in person.memberships.all()),
            "ranked": len(going.order) > 1,
            "in_language": language_name(going.language, tongue()), "mark": mark,
        }, at=4)  # fmt: skip


@page("routes.record_choices")
@require_POST
def choosing_record(request: HttpRequest, pk: UUID, mark: UUID) -> HttpResponse:
    """Put on record what was read back."""
    going, person = talk.find(request.session, mark, person=pk), person_or_404(request, pk)
    if not going.answers:
        return redirect("choosing_back", pk=pk, mark=mark)
    answered = list(_offers(request).values())
    actions.record_choice(
        by=request.actor, person=person, answers=going.given(answered), language=going.language, read_aloud=going.read_aloud,
        present=going.present, interpreter_chosen=going.interpreter_chosen, alone=bool(going.alone and going.order),
        taken_on=clock.today(), at=clock.now(),
    )  # fmt: skip
    talk.end(request.session, going)
    return redirect(f"{reverse('person', args=[pk])}#choices")


def _read(
    request: HttpRequest, name: str, going: Talk, pk: UUID, context: dict[str, Any], *, at: int, offer_number: int = 0
) -> HttpResponse:
    """A page in the person's language, with the steps and who is in the room."""
    return render(request, f"routes/choosing/{name}.html", {
        "pk": pk, "mark": going.id, "steps": steps(len(going.offers), offer_number), "step": at, "room": room_sentence(going),
        "stop_url": reverse("choosing_stop", args=[pk, going.id]), **context,
    })  # fmt: skip


def _offers(request: HttpRequest) -> dict[str, Offer]:
    return {offer.key: offer for offer in queries.offers(seen_by=request.actor).prefetch_related(None)}


def _link(pk: UUID, mark: UUID, going: Talk, key: str) -> str:
    return reverse("choosing_offer", args=[pk, mark, going.offers.index(key) + 1])
